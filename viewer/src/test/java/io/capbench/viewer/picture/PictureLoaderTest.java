package io.capbench.viewer.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.image.ImageBytes;
import io.capbench.storage.image.ImageBytes.Format;
import io.capbench.storage.image.ImageException;
import io.capbench.storage.image.ImageException.Reason;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.ImageRef;
import io.capbench.viewer.fixture.FxThread;
import io.capbench.viewer.fixture.MemoryRows;
import io.capbench.viewer.fixture.SampleShards;
import io.capbench.viewer.fixture.Turns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.scene.control.Button;
import org.junit.jupiter.api.Test;

class PictureLoaderTest {
  private final Turns io = new Turns();
  private final Turns fx = new Turns();
  private final List<String> read = new ArrayList<>();
  private boolean failing;

  @Test
  void theImageOfTheRowComes() {
    FxThread.run(
        () -> {
          PicturePane pane = new PicturePane();
          PictureLoader loader = loader(pane);
          loader.show(row(1, 30));
          assertThat(pane.getPicture()).isInstanceOf(Picture.Loading.class);
          Turns.runAll(io, fx);
          assertThat(((Picture.Shown) pane.getPicture()).width()).isEqualTo(30);
        });
  }

  @Test
  void rowsThatWerePassedAreNotEvenRead() {
    FxThread.run(
        () -> {
          PicturePane pane = new PicturePane();
          PictureLoader loader = loader(pane);
          for (int row = 0; row < 10; row++) {
            loader.show(row(row, 30 + row));
          }
          Turns.runAll(io, fx);
          assertThat(read).containsExactly("39");
          assertThat(((Picture.Shown) pane.getPicture()).width()).isEqualTo(39);
        });
  }

  @Test
  void aLateImageOfAnotherRowIsDropped() {
    FxThread.run(
        () -> {
          PicturePane pane = new PicturePane();
          PictureLoader loader = loader(pane);
          loader.show(row(1, 31));
          io.runAll();
          loader.show(row(2, 32));
          fx.runAll();
          assertThat(pane.getPicture()).isInstanceOf(Picture.Loading.class);
          Turns.runAll(io, fx);
          assertThat(((Picture.Shown) pane.getPicture()).width()).isEqualTo(32);
        });
  }

  @Test
  void anImageOfADatasetThatWasClosedMeanwhileIsNoError() {
    FxThread.run(
        () -> {
          PicturePane pane = new PicturePane();
          PictureLoader loader = new PictureLoader(pane, io, fx);
          AtomicBoolean passed = new AtomicBoolean();
          loader.setDecoder(
              new PictureDecoder(
                  ref -> {
                    if (passed.get()) {
                      loader.show(null);
                    }
                    throw new IllegalStateException("The dataset is closed");
                  }));
          loader.show(row(1, 31));
          assertThatThrownBy(io::runAll).isInstanceOf(IllegalStateException.class);
          passed.set(true);
          loader.show(row(2, 31));
          Turns.runAll(io, fx);
          assertThat(pane.getPicture()).isInstanceOf(Picture.Missing.class);
        });
  }

  @Test
  void theSameRowAgainChangesNothing() {
    FxThread.run(
        () -> {
          PicturePane pane = new PicturePane();
          PictureLoader loader = loader(pane);
          loader.show(row(1, 31));
          Turns.runAll(io, fx);
          Picture before = pane.getPicture();
          loader.show(row(1, 31));
          Turns.runAll(io, fx);
          assertThat(pane.getPicture()).isSameAs(before);
          assertThat(read).hasSize(1);
        });
  }

  @Test
  void withoutARowOrADatasetNothingIsRead() {
    FxThread.run(
        () -> {
          PicturePane pane = new PicturePane();
          PictureLoader loader = loader(pane);
          loader.show(row(1, 31));
          loader.show(null);
          Turns.runAll(io, fx);
          assertThat(pane.getPicture())
              .isEqualTo(new Picture.Missing(Reason.NONE, "No row is selected"));
          loader.setDecoder(null);
          loader.show(row(1, 31));
          assertThat(io.size()).isZero();
        });
  }

  @Test
  void theSameRowOfAnotherDatasetIsReadAnew() {
    FxThread.run(
        () -> {
          PicturePane pane = new PicturePane();
          PictureLoader loader = loader(pane);
          loader.show(row(1, 31));
          Turns.runAll(io, fx);
          loader.setDecoder(decoder());
          loader.show(row(1, 31));
          Turns.runAll(io, fx);
          assertThat(read).hasSize(2);
        });
  }

  @Test
  void aMissingImageIsReadAgainWhenAPersonWantsIt() {
    FxThread.run(
        () -> {
          PicturePane pane = new PicturePane();
          PictureLoader loader = loader(pane);
          List<Picture.Missing> offered = new ArrayList<>();
          loader.setOffers(
              (image, missing) -> {
                offered.add(missing);
                return List.of(new PicturePane.Offer("Try again", loader::again));
              });
          loader.show(row(1, 31));
          Turns.runAll(io, fx);
          loader.again();
          Turns.runAll(io, fx);
          assertThat(read).as("a picture that is shown is not read again").hasSize(1);
          failing = true;
          loader.show(row(2, 32));
          Turns.runAll(io, fx);
          assertThat(offered).hasSize(1);
          failing = false;
          ((Button) pane.lookup("#offer-0")).fire();
          Turns.runAll(io, fx);
          assertThat(pane.getPicture()).isInstanceOf(Picture.Shown.class);
          assertThat(pane.lookup("#offer-0")).isNull();
        });
  }

  private PictureLoader loader(PicturePane pane) {
    PictureLoader loader = new PictureLoader(pane, io, fx);
    loader.setDecoder(decoder());
    return loader;
  }

  /** Reads pictures as wide as their names say. */
  private PictureDecoder decoder() {
    return new PictureDecoder(
        ref -> {
          read.add(ref.name());
          if (failing) {
            throw new ImageException(Reason.TIMEOUT, "late");
          }
          int width = Integer.parseInt(ref.name());
          return new ImageBytes(SampleShards.encoded("png", width, 20), Format.PNG, width, 20);
        });
  }

  private static CaptionRow row(long number, int width) {
    CaptionRow row = MemoryRows.row(number);
    return new CaptionRow(
        row.key(),
        row.shard(),
        row.contentHash(),
        new ImageRef.Url(String.valueOf(width)),
        Map.of());
  }
}
