package io.capbench.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShareCounterTest {
  private final ProvenanceAnalyzer analyzer = new ProvenanceAnalyzer();

  @Test
  void nothingCountedGivesNoShares() {
    ShareCounter counter = new ShareCounter();

    assertThat(counter.shares()).isEqualTo(new Shares(0, 0, 0, 0));
    assertThat(counter.rows()).isZero();
    assertThat(counter.contentTokens()).isZero();
  }

  @Test
  void sharesArePooledOverContentTokensNotOverRows() {
    ShareCounter counter = new ShareCounter();
    counter.add(analyzer.analyze("red dog jumps", null, "the red dog jumps"));
    counter.add(analyzer.analyze(null, null, "cat"));
    counter.add(analyzer.analyze(null, null, ""));

    assertThat(counter.shares()).isEqualTo(new Shares(0.75, 0, 0, 0.25));
    assertThat(counter.contentTokens()).isEqualTo(4);
    assertThat(counter.rows()).isEqualTo(3);
  }

  @Test
  void twoCountersMergedCountLikeOne() {
    Provenance one = analyzer.analyze("red dog", "dog", "a red dog");
    Provenance other = analyzer.analyze("cat", "tree", "a tree stands");
    ShareCounter together = new ShareCounter();
    together.add(one);
    together.add(other);
    ShareCounter first = new ShareCounter();
    first.add(one);
    ShareCounter second = new ShareCounter();
    second.add(other);

    first.merge(second);

    assertThat(first.shares()).isEqualTo(together.shares());
    assertThat(first.shares()).isEqualTo(new Shares(0.25, 0.25, 0.25, 0.25));
    assertThat(first.rows()).isEqualTo(2);
    assertThat(first.contentTokens()).isEqualTo(4);
    assertThat(second.rows()).isEqualTo(1);
  }
}
