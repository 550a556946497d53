/** The file of tokens and certificates: read, checked, followed while it changes, and replaced. */
package io.causa.access.file;
