package io.capbench.engine.score;

import io.capbench.engine.pixels.PixelTensor;
import io.capbench.storage.model.CaptionTrack;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row whose image was read.
 *
 * @param row the row
 * @param imageHash {@link io.capbench.storage.model.ContentDigest} of the encoded image, or null if
 *     it could not be read
 * @param reused scores of the same captions and image that are known
 * @param pixels the model's input, or null if nothing is to be computed or the image does not
 *     decode
 * @param reason why there is no image, or null
 */
record PreparedRow(
    PendingRow row,
    @Nullable String imageHash,
    Map<CaptionTrack, Double> reused,
    @Nullable PixelTensor pixels,
    @Nullable String reason) {}
