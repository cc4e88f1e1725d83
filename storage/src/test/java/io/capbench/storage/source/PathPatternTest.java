package io.capbench.storage.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PathPatternTest {
  @TempDir Path temp;

  @Test
  void numbersAreComparedAsNumbers() {
    Stream<String> names = Stream.of("b", "a_10", "a_2", "a", "a_02", "a_002b", "a_2/x");
    assertThat(names.map(Path::of).sorted(PathPattern.NATURAL).map(Path::toString))
        .containsExactly("a", "a_02", "a_2", "a_2/x", "a_002b", "a_10", "b");
  }

  @Test
  void patternsMatchAsShellsDo() throws Exception {
    make("p_10.csv", "p_2.csv", "q.tsv", ".p_1.csv", "x/p_1.csv", "x/y/p_3.csv", ".h/p_4.csv");
    Files.createDirectories(temp.resolve("p_folder.csv"));
    assertThat(found("*.csv")).containsExactly("p_2.csv", "p_10.csv");
    assertThat(found("p_?.csv")).containsExactly("p_2.csv");
    assertThat(found("[pq]*.{csv,tsv}")).containsExactly("p_2.csv", "p_10.csv", "q.tsv");
    assertThat(found("*/p_*.csv")).containsExactly("x/p_1.csv");
    assertThat(found("x/**/p_*.csv")).containsExactly("x/p_1.csv", "x/y/p_3.csv");
    assertThat(found("**")).hasSize(5).doesNotContain(".p_1.csv", ".h/p_4.csv");
    assertThat(found(".*.csv")).containsExactly(".p_1.csv");
    assertThat(found("missing/*.csv")).isEmpty();
  }

  @Test
  void filesFoldersAndPatternsOpenTogether() throws Exception {
    make("a[1].csv", "a1.csv", "s/p_10.parquet", "s/p_2.parquet", "t_10.csv", "t_9.csv");
    List<SourceFile> sources =
        new SourceFinder()
            .find(
                Stream.of("a[1].csv", "s", "t_*.csv", "t_9.csv", "no*", "[z")
                    .map(temp::resolve)
                    .toList());
    assertThat(sources.stream().map(source -> temp.relativize(source.path()).toString()))
        .containsExactly(
            "a[1].csv", "s/p_2.parquet", "s/p_10.parquet", "t_9.csv", "t_10.csv", "no*", "[z");
    assertThat(sources.get(4).problem()).isNull();
    assertThat(sources.get(5).problem()).contains("matches no file");
    assertThat(sources.get(6).problem()).contains("is no pattern");
  }

  private List<String> found(String pattern) throws Exception {
    return PathPattern.files(temp.resolve(pattern)).stream()
        .map(path -> temp.relativize(path).toString())
        .toList();
  }

  private void make(String... names) throws Exception {
    for (String name : names) {
      Files.createDirectories(temp.resolve(name).getParent());
      Files.writeString(temp.resolve(name), name);
    }
  }
}
