package io.capbench.viewer.picture;

import io.capbench.storage.image.ImageException.Reason;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.ImageRef;
import io.capbench.storage.model.RowKey;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Brings the large picture of the selected row; late ones are dropped. FX thread only. */
public final class PictureLoader {
  private static final int LONGEST_SIDE = 4096;

  private final PicturePane pane;
  private final Executor io;
  private final Executor fx;
  private @Nullable PictureDecoder decoder;
  private volatile @Nullable RowKey wanted;
  private @Nullable CaptionRow row;
  private BiFunction<ImageRef, Picture.Missing, List<PicturePane.Offer>> offers =
      (image, missing) -> List.of();

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

  /** What a person can do about an image that is missing. */
  public void setOffers(BiFunction<ImageRef, Picture.Missing, List<PicturePane.Offer>> source) {
    offers = source;
  }

  /** Reads the image of the row anew, if it is missing. */
  public void again() {
    CaptionRow missing = row;
    if (missing != null && pane.getPicture() instanceof Picture.Missing) {
      wanted = null;
      show(missing);
    }
  }

  /** Says why there is nothing to see, or that it is on its way. */
  public void say(Picture instead) {
    wanted = null;
    row = null;
    pane.show(instead);
  }

  /** Shows the image of that row; null for none. The same row again changes nothing. */
  public void show(@Nullable CaptionRow next) {
    row = next;
    RowKey key = next == null ? null : next.key();
    if (key != null && Objects.equals(key, wanted)) {
      return;
    }
    wanted = key;
    PictureDecoder reader = decoder;
    if (next == null || reader == null) {
      pane.show(new Picture.Missing(Reason.NONE, "No row is selected"));
      return;
    }
    pane.show(new Picture.Loading());
    io.execute(
        () -> {
          if (!Objects.equals(wanted, key)) {
            return; // passed in the meantime: not worth decoding
          }
          Picture picture;
          try {
            picture = reader.decode(next.image(), LONGEST_SIDE);
          } catch (IllegalStateException e) {
            if (Objects.equals(wanted, key)) {
              throw e;
            }
            return; // the dataset was closed meanwhile
          }
          fx.execute(
              () -> {
                if (Objects.equals(wanted, key)) {
                  pane.show(picture);
                  if (picture instanceof Picture.Missing missing) {
                    pane.offer(offers.apply(next.image(), missing));
                  }
                }
              });
        });
  }
}
