package io.causa.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ParagraphsTest {
  @Test
  void linesAreJoinedUpToAnEmptyOneOrAnItem() {
    assertThat(Paragraphs.of("One\nparagraph. \n\nAnother:\n- item\n  and\nmore"))
        .containsExactly("One paragraph.", "", "Another:", "- item", "  and more");
  }
}
