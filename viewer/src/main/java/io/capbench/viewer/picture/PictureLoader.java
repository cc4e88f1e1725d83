package io.capbench.viewer.picture;

import io.capbench.storage.image.ImageException.Reason;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.RowKey;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Brings the large picture of the selected row; late ones are dropped. FX thread only. */
public final class PictureLoader {
  private static final int LONGEST_SIDE = 4096;

  private final PicturePane pane;
  private final Executor io;
  private final Executor fx;
  private @Nullable PictureDecoder decoder;
  private volatile @Nullable RowKey wanted;

  /**
   * Fills a pane.
   *
   * @param pane shows the picture
   * @param io reads and decodes
   * @param fx runs things on the FX thread
   */
  public PictureLoader(PicturePane pane, Executor io, Executor fx) {
    this.pane = pane;
    this.io = io;
    this.fx = fx;
  }

  /** Reads the images of another dataset from now on; null for none. */
  public void setDecoder(@Nullable PictureDecoder next) {
    decoder = next;
    wanted = null;
  }

  /** Says why there is nothing to see, or that it is on its way. */
  public void say(Picture instead) {
    wanted = null;
    pane.show(instead);
  }

  /** Shows the image of that row; null for none. The same row again changes nothing. */
  public void show(@Nullable CaptionRow row) {
    RowKey key = row == null ? null : row.key();
    if (key != null && Objects.equals(key, wanted)) {
      return;
    }
    wanted = key;
    PictureDecoder reader = decoder;
    if (row == null || reader == null) {
      pane.show(new Picture.Missing(Reason.NONE, "No row is selected"));
      return;
    }
    pane.show(new Picture.Loading());
    io.execute(
        () -> {
          if (!Objects.equals(wanted, row.key())) {
            return; // passed in the meantime: not worth decoding
          }
          Picture picture = reader.decode(row.image(), LONGEST_SIDE);
          fx.execute(
              () -> {
                if (Objects.equals(wanted, row.key())) {
                  pane.show(picture);
                }
              });
        });
  }
}
