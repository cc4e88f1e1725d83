package io.capbench.storage.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.capbench.storage.image.ImageException.Reason;
import io.capbench.storage.model.ImageRef;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageFolderTest {
  @TempDir Path temp;
  private Path folder;
  private ImageFolder images;

  @BeforeEach
  void makeFolder() throws Exception {
    folder = Files.createDirectories(temp.resolve("data set"));
    images = new ImageFolder(List.of(folder), new ImageInspector());
    Files.write(folder.resolve("a.png"), Pictures.encoded("png", 5, 4));
    Files.write(temp.resolve("outside.png"), Pictures.encoded("png", 5, 4));
  }

  @Test
  void aFileInTheFolderIsRead() throws Exception {
    assertThat(images.read(ref("a.png")).width()).isEqualTo(5);
  }

  @Test
  void aFileBelowTheFolderIsRead() throws Exception {
    Files.createDirectories(folder.resolve("train"));
    Files.copy(folder.resolve("a.png"), folder.resolve("train/b.png"));
    assertThat(images.read(ref("train/../train/b.png")).height()).isEqualTo(4);
  }

  @Test
  void pathsThatLeaveTheFolderAreRefused() {
    assertThat(reason("../outside.png")).isEqualTo(Reason.REFUSED);
    assertThat(reason("../missing.png")).isEqualTo(Reason.REFUSED);
    assertThat(reason(temp.resolve("outside.png").toString())).isEqualTo(Reason.REFUSED);
    assertThat(reason("../data set sibling/a.png")).isEqualTo(Reason.REFUSED);
  }

  @Test
  void linksThatLeaveTheFolderAreRefused() throws Exception {
    Files.createSymbolicLink(folder.resolve("link.png"), temp.resolve("outside.png"));
    Files.createSymbolicLink(folder.resolve("up"), temp);
    assertThat(reason("link.png")).isEqualTo(Reason.REFUSED);
    assertThat(reason("up/outside.png")).isEqualTo(Reason.REFUSED);
  }

  @Test
  void aFolderReachedThroughALinkStillWorks() throws Exception {
    Path link = Files.createSymbolicLink(temp.resolve("link"), folder);
    ImageFolder linked = new ImageFolder(List.of(link), new ImageInspector());
    assertThat(linked.read(new ImageRef.File(link.resolve("a.png"), "a.png")).width()).isEqualTo(5);
  }

  @Test
  void whatIsNotAFileIsNotFound() throws Exception {
    Files.createDirectories(folder.resolve("sub"));
    assertThat(reason("missing.png")).isEqualTo(Reason.NOT_FOUND);
    assertThat(reason("sub")).isEqualTo(Reason.NOT_FOUND);
    assertThat(reason(".")).isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void anEmptyFileAndAPageInsteadOfAnImageAreNoImages() throws Exception {
    Files.writeString(folder.resolve("empty.jpg"), "");
    Files.writeString(folder.resolve("page.jpg"), "<html>404</html>");
    assertThat(reason("empty.jpg")).isEqualTo(Reason.NOT_AN_IMAGE);
    assertThat(reason("page.jpg")).isEqualTo(Reason.NOT_AN_IMAGE);
  }

  @Test
  void aHugeFileIsRefusedByItsLength() throws Exception {
    try (RandomAccessFile sparse =
        new RandomAccessFile(folder.resolve("huge.jpg").toFile(), "rw")) {
      sparse.setLength(ImageInspector.MAX_BYTES + 1);
    }
    assertThat(reason("huge.jpg")).isEqualTo(Reason.TOO_LARGE);
  }

  private ImageRef.File ref(String name) {
    return new ImageRef.File(folder.resolve(name), name);
  }

  private Reason reason(String name) {
    ImageException failure =
        catchThrowableOfType(ImageException.class, () -> images.read(ref(name)));
    assertThat(failure).as(name).isNotNull().hasMessageContaining(name);
    return failure.reason();
  }
}
