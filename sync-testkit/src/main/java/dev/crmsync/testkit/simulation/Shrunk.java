package dev.crmsync.testkit.simulation;

import dev.crmsync.json.PolicyCodec;
import java.util.ArrayList;
import java.util.List;

/**
 * The smallest history that was found to break a law as a larger one did. Immutable.
 *
 * @param law the law's number
 * @param history the history
 * @param simulator the simulator that grows it
 * @param tries how many histories were grown to find it
 */
public record Shrunk(int law, History history, SyncSimulator simulator, int tries) {
    /**
     * A JUnit test that grows the history again and fails for as long as it breaks a law. It needs nothing but this library and
     * Jupiter. The policy is written into it; the resolvers of a policy that names some are to be added by hand.
     *
     * @param packageName the package of the test
     * @param className the name of its class
     * @return its source
     */
    public String test(String packageName, String className) {
        String policy = new PolicyCodec().encode(simulator.setting().policy());
        String calls = simulator.told("\n                ");
        List<String> lines =
                new ArrayList<>(List.of("package " + packageName + ";", "", "import dev.crmsync.json.PolicyCodec;"));
        if (calls.contains("(Dial.")) {
            lines.add("import dev.crmsync.testkit.simulation.Dial;");
        }
        lines.add("import dev.crmsync.testkit.simulation.Dials;");
        lines.add("import dev.crmsync.testkit.simulation.History;");
        lines.add("import dev.crmsync.testkit.simulation.SyncSimulator;");
        if (calls.contains("(Duration.")) {
            lines.add("import java.time.Duration;");
        }
        lines.addAll(List.of(
                "import org.junit.jupiter.api.Test;",
                "",
                "/** Once broke: " + comment(history.violations().get(0).toString()) + " */",
                "class " + className + " {",
                "    private static final String POLICY = " + literal(policy) + ";",
                "",
                "    @Test",
                "    void history_" + name(history.seed()) + "_keeps_law_" + law + "() {"));
        if (!simulator.setting().resolvers().isEmpty()) {
            lines.add("        // The policy names resolvers: say .resolvers(...) with them.");
        }
        lines.addAll(List.of(
                "        History history = SyncSimulator.of(new PolicyCodec().decode(POLICY))" + calls,
                "                .run(" + history.seed() + "L);",
                "        if (!history.lawful()) {",
                "            throw new AssertionError(history.report());",
                "        }",
                "    }",
                "}",
                ""));
        return String.join("\n", lines);
    }

    private static String name(long seed) {
        return String.valueOf(seed).replace('-', '_');
    }

    /** Text that cannot end the comment that it stands in, nor be taken for an escape in it. */
    private static String comment(String text) {
        return text.replace("*/", "* /").replace("\\", "\\\\");
    }

    private static String literal(String text) {
        StringBuilder literal = new StringBuilder("\"");
        text.chars().forEach(c -> {
            switch (c) {
                case '\n' -> literal.append("\\n\"\n            + \"");
                case '"' -> literal.append("\\\"");
                case '\\' -> literal.append("\\\\");
                default ->
                    literal.append(c < 0x20 || c > 0x7e ? String.format("\\u%04x", c) : String.valueOf((char) c));
            }
        });
        return literal.append('"').toString();
    }
}
