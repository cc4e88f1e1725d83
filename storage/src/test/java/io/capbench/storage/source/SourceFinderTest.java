package io.capbench.storage.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.capbench.storage.source.SourceFile.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourceFinderTest {
  @TempDir Path temp;

  @Test
  void aFolderHoldsFilesOfAnyKindInNaturalOrderAndNothingElse() throws Exception {
    files("b_10.parquet", "b_2.jsonl", "c.tsv", "a.tar", "d.json", "README.md", "notes.txt");
    files("a_stats.json", "dataset_infos.json", "manifest.json", ".DS_Store", "._a.tar", "x.npy");
    Files.createDirectories(temp.resolve("deeper.parquet"));
    assertThat(find())
        .containsExactly(
            "a.tar TAR", "b_2.jsonl JSON", "b_10.parquet PARQUET", "c.tsv CSV", "d.json JSON");
  }

  @Test
  void theParquetBesideATarIsLeftOutUnlessItIsNamed() throws Exception {
    files("00000.tar", "00000.parquet", "00000_stats.json", "00001.parquet");
    assertThat(find()).containsExactly("00000.tar TAR", "00001.parquet PARQUET");
    SourceFile named = new SourceFinder().find(List.of(temp.resolve("00000.parquet"))).get(0);
    assertThat(named.kind()).isEqualTo(Kind.PARQUET);
    assertThat(named.problem()).isNull();
  }

  @Test
  void aListOfImagesIsTheWholeFolder() throws Exception {
    files("metadata.csv", "1.png", "other.parquet", "2.png");
    assertThat(find()).containsExactly("metadata.csv CSV");
    SourceFile list = new SourceFinder().find(List.of(temp)).get(0);
    assertThat(list.images()).isEqualTo(temp);
    assertThat(new SourceFinder().find(List.of(list.path()))).containsExactly(list);
    files("metadata.jsonl");
    assertThat(find()).containsExactly("metadata.jsonl JSON");
  }

  @Test
  void metadataParquetIsAListOnlyBesideImages() throws Exception {
    files("metadata.parquet", "part.parquet");
    assertThat(find()).containsExactly("metadata.parquet PARQUET", "part.parquet PARQUET");
    files("1.png");
    assertThat(find()).containsExactly("metadata.parquet PARQUET");
  }

  @Test
  void imagesAloneAreTheDatasetAndFilesBesideThemTheirCaptions() throws Exception {
    files("1.png", "1.json", "1.txt", "README.md");
    assertThat(find()).containsExactly(temp.getFileName() + " IMAGES");
    files("all.jsonl");
    assertThat(find()).containsExactly("all.jsonl JSON");
  }

  @Test
  void aZipBelongsToTheJsonOfItsNameOrToTheOnlyOne() throws Exception {
    files("a.json", "a.zip", "b.json");
    List<SourceFile> two = new SourceFinder().find(List.of(temp));
    assertThat(two).extracting(SourceFile::images).containsExactly(temp.resolve("a.zip"), null);
    Path other = Files.createDirectories(temp.resolve("other"));
    Files.createFile(other.resolve("captions.json"));
    Files.createFile(other.resolve("images.zip"));
    assertThat(new SourceFinder().find(List.of(other)).get(0).images())
        .isEqualTo(other.resolve("images.zip"));
  }

  @Test
  void aFolderWithNothingThatOpensSaysSo() throws Exception {
    files("README.md", "archive.zip");
    SourceFile none = new SourceFinder().find(List.of(temp)).get(0);
    assertThat(none.problem()).startsWith(temp.toString()).contains("nothing that opens");
  }

  @Test
  void addressesAreKnownAndExplained() {
    for (String address :
        List.of(
            "https://example.org/a/b.parquet?download=true",
            "hf://datasets/x/y*.parquet",
            "s3://bucket/key")) {
      SourceFile source = new SourceFinder().find(List.of(Path.of(address))).get(0);
      assertThat(source.problem()).startsWith(address).contains("httpfs", "download");
    }
  }

  private List<String> find() {
    return new SourceFinder()
        .find(List.of(temp)).stream()
            .map(source -> source.path().getFileName() + " " + source.kind())
            .toList();
  }

  private void files(String... names) throws Exception {
    for (String name : names) {
      Files.createFile(temp.resolve(name));
    }
  }
}
