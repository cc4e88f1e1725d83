package io.capbench.storage.export;

/**
 * A file of an export, as the manifest lists it.
 *
 * @param name file name
 * @param bytes its size
 * @param sha256 over its content, 64 hex digits
 */
record ExportedFile(String name, long bytes, String sha256) {}
