/** What survives: the port through which a commit becomes durable, and its adapters. */
package io.causa.storage;
