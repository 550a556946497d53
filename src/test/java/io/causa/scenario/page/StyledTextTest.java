package io.causa.scenario.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StyledTextTest {
  @ParameterizedTest
  @CsvSource({
    "'one two three', 'one two|three'",
    "'one two', 'one two'",
    "'abcdefghijklmnop', 'abcdefghi|jklmnop'",
    "'a bcdefghijklmnop', 'a|bcdefghij|klmnop'",
    "'  indented text', '  indente|d text'",
    "'five  six   seven', 'five  six|seven'",
    "'', ''",
  })
  void linesEndAtSpacesAndWithinAWordOnlyIfItIsTooLong(String text, String lines) {
    assertThat(String.join("|", plain(StyledText.of(Style.PLAIN, text).wrap(9)))).isEqualTo(lines);
  }

  @Test
  void aFirmSpaceIsNoEndOfALine() {
    StyledText text = StyledText.of(Style.PLAIN, "one two" + StyledText.FIRM_SPACE + "three");
    assertThat(plain(text.wrap(9))).containsExactly("one", "two three");
  }

  @Test
  void aPairOfSurrogatesStaysTogether() {
    assertThat(plain(StyledText.of(Style.PLAIN, "ab\ud83d\ude00c").wrap(3)))
        .containsExactly("ab", "\ud83d\ude00c");
  }

  @Test
  void whatAValueCouldTellTheTerminalIsMadeHarmless() {
    assertThat(StyledText.of(Style.PLAIN, "a\u001b[31mb\nc\u0007").render(true))
        .isEqualTo("a?[31mb c?");
  }

  @Test
  void colourIsPrintedOnlyWhereItIsWanted() {
    StyledText text = StyledText.of(Style.BAD, "no").add(Style.PLAIN, " way  ");
    assertThat(text.render(true)).isEqualTo("\u001b[1;31mno\u001b[0m way");
    assertThat(text.render(false)).isEqualTo("no way");
  }

  @Test
  void furtherLinesOfAParagraphBeginBelowItsText() {
    var printed = new ByteArrayOutputStream();
    Page page = new Page(new PrintStream(printed, true, StandardCharsets.UTF_8), 14, false);
    page.paragraph(StyledText.of(Style.PLAIN, "-- "), StyledText.of(Style.PLAIN, "one two three"));
    page.beside(
        StyledText.of(Style.PLAIN, "1 "),
        StyledText.of(Style.PLAIN, "a step"),
        5,
        StyledText.of(Style.PLAIN, "[0]"));
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("-- one two", "   three", "1 a    [0]", "  step");
  }

  private static List<String> plain(List<StyledText> lines) {
    return lines.stream().map(line -> line.render(false)).toList();
  }
}
