package io.capbench.storage.workspace;

/**
 * What was compared in a row. Columns, not tracks: a track may be renamed or mean another column
 * later.
 *
 * @param caption the column with the caption
 * @param image the column with the image
 */
public record ScoreColumns(String caption, String image) {}
