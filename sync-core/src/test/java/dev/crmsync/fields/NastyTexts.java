package dev.crmsync.fields;

import java.util.List;
import java.util.Random;

/** Texts of many scripts and shapes from a seed: the same seed gives the same texts. */
final class NastyTexts {
    private static final List<String> WORDS = List.of(
            "Budi",
            "Santoso",
            "Mary",
            "Ann",
            "Lee",
            "d'Arc",
            "O\u2019Neil",
            "von",
            "der",
            "x",
            "1",
            "2.50",
            "true",
            "n\u00E9e",
            "ne\u0301e",
            "\u1EA4",
            "A\u0302\u0301",
            "\u0301",
            "\u2126",
            "\u212B",
            "\uF900",
            "\u1112\u1161\u11AB",
            "\u0130stanbul",
            "\u0131\u015F\u0131k",
            "stra\u00DFe",
            "\u039F\u0394\u039F\u03A3",
            "\u03BF\u03B4\u03CC\u03C2",
            "\uFB01n",
            "\u0645\u062D\u0645\u062F",
            "\u202B\u0639\u0644\u064A\u202C",
            "\u05E9\u05B8\u05C1\u05DC\u05D5\u05B9\u05DD",
            "\u200Fabc\u200E",
            "\u0E2A\u0E21\u0E0A\u0E32\u0E22",
            "\u0928\u092E\u0938\u094D\u0924\u0947",
            "\u738B\u5C0F\u660E",
            "\uD840\uDC0B",
            "\uAE40",
            "\uD83C\uDF34",
            "\uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
            "\uD83C\uDDEE\uD83C\uDDE9",
            "\u2764\uFE0F",
            "\uD83D\uDC4D\uD83C\uDFFD",
            "\uD83D",
            "\uDC69",
            "\u0000",
            "\u0007",
            "\u200B",
            "\u200D",
            "\u00AD",
            "budi@example.com",
            "BUDI@Example.COM",
            "@",
            "+62 812-3456-7890",
            "0812 3456 7890",
            "(021) 555-0123",
            "ext. 5",
            "\u0660\u0661\u0662",
            "\uFF0B\uFF16\uFF12",
            ";ext=7",
            "tel:",
            "1-800-FLOWERS",
            "home",
            "1e5",
            "-0",
            "2026-05-01T00:00:00Z");
    private static final List<String> GAPS = List.of(
            "", " ", " ", " ", "  ", "\u00A0", "\u202F", "\u3000", "\t", "\n", "\r\n", "\r", ", ", ";", "; ", "/", "-",
            ".", ";;", "\uFEFF", "\u2000", "\u0085", "\u2028");

    private final Random random;

    NastyTexts(long seed) {
        random = new Random(seed);
    }

    String next() {
        StringBuilder text = new StringBuilder();
        int words = random.nextInt(6);
        if (random.nextInt(4) == 0) {
            text.append(gap());
        }
        for (int i = 0; i < words; i++) {
            text.append(i == 0 ? "" : gap()).append(word());
        }
        if (random.nextInt(4) == 0) {
            text.append(gap());
        }
        return text.toString();
    }

    /** The text with one word put in, taken out or changed. */
    String edited(String text) {
        int at = random.nextInt(text.length() + 1);
        int to = at + random.nextInt(text.length() - at + 1);
        return switch (random.nextInt(4)) {
            case 0 -> text.substring(0, at) + gap() + word() + gap() + text.substring(at);
            case 1 -> text.substring(0, at) + text.substring(to);
            case 2 -> text + " " + word();
            default -> word() + " " + text;
        };
    }

    int number(int bound) {
        return random.nextInt(bound);
    }

    private String gap() {
        return GAPS.get(random.nextInt(GAPS.size()));
    }

    private String word() {
        return random.nextInt(12) == 0
                ? Character.toString(random.nextInt(Character.MAX_CODE_POINT + 1))
                : WORDS.get(random.nextInt(WORDS.size()));
    }
}
