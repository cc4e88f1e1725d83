package io.capbench.app.tour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.capbench.storage.model.CapbenchException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TourFolderTest {
  @TempDir Path temp;
  private TourFolder folder;

  @BeforeEach
  void nameTheFolder() {
    folder = new TourFolder(temp.resolve("tour"));
  }

  @Test
  void whatAnEarlierTourLeftIsMadeAnew() throws Exception {
    folder.prepare();
    Files.writeString(Files.createDirectory(folder.export()).resolve("00000.tar"), "x");
    Files.writeString(folder.workspace(), "x");
    Files.writeString(folder.picture(1, "open"), "x");

    folder.prepare();

    assertThat(folder.export()).doesNotExist();
    assertThat(folder.workspace()).doesNotExist();
    assertThat(folder.picture(1, "open")).doesNotExist();
    assertThat(folder.notes()).exists();
  }

  @Test
  void whatNoTourMadeStaysAlsoBesideATour() throws Exception {
    folder.prepare();
    Path mine = Files.writeString(folder.folder().resolve("mine.txt"), "x");

    assertThatThrownBy(folder::prepare)
        .isInstanceOf(CapbenchException.class)
        .hasMessageContaining("mine.txt");
    assertThat(mine).exists();
  }

  @Test
  void somebodyElsesFolderWithNotesOfThatNameIsLeftAlone() throws Exception {
    Files.createDirectories(folder.export());
    Path precious = Files.writeString(folder.export().resolve("precious"), "x");
    Files.writeString(folder.notes(), "Monday: museum");

    assertThatThrownBy(folder::prepare).isInstanceOf(CapbenchException.class);
    assertThat(precious).exists();
    assertThat(folder.notes()).hasContent("Monday: museum");
  }
}
