/** Text for people on a terminal or in a file: wrapped to a width, with or without colour. */
package io.causa.scenario.page;
