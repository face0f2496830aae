package dev.crmsync.testkit.check;

import dev.crmsync.json.MappingCodec;
import dev.crmsync.json.PolicyCodec;
import dev.crmsync.spi.mapping.Rendering;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Prints a counterexample as a JUnit test that needs nothing but the kit. */
final class PrintedTest {
    private final Setting setting;
    private final StringBuilder text = new StringBuilder();

    PrintedTest(Setting setting) {
        this.setting = setting;
    }

    String print(Breach breach, List<String> steps) {
        text.setLength(0);
        boolean named = !setting.source.isEmpty();
        if (!named && !setting.mappings.isEmpty()) {
            line(0, "import dev.crmsync.json.MappingCodec;");
        }
        if (!named) {
            line(0, "import dev.crmsync.json.PolicyCodec;");
        }
        if (!named && !setting.grades.isEmpty()) {
            line(0, "import dev.crmsync.spi.adapter.AsOfGrade;");
        }
        if (!named && !setting.habits.isEmpty()) {
            line(0, "import dev.crmsync.spi.mapping.Rendering;");
        }
        line(0, "import dev.crmsync.testkit.check.ConvergenceCheck;");
        line(0, "import org.junit.jupiter.api.Test;");
        line(0, "");
        line(0, "/** " + breach.toString().replace("*/", "* /") + ". */");
        line(0, "class " + className(breach) + " {");
        line(1, "@Test");
        line(1, "void " + breach.name().replace(' ', '_') + "_is_kept() {");
        line(2, "ConvergenceCheck check =" + (named ? " " + setting.source + ";" : ""));
        if (!named) {
            check();
        }
        line(2, "check.replay()");
        steps.forEach(step -> line(4, ".step(" + quoted(step) + ")"));
        line(4, ".lawful();");
        line(1, "}");
        line(0, "}");
        return text.toString();
    }

    static String className(Breach breach) {
        return "Law" + breach.law() + "CounterexampleTest";
    }

    private void check() {
        line(
                4,
                "ConvergenceCheck.of(new PolicyCodec().decode(" + quoted(new PolicyCodec().encode(setting.policy))
                        + "))");
        line(6, ".systems(" + list(setting.systems) + ")");
        line(6, ".fields(" + list(setting.fields) + ")");
        setting.mappings.forEach((system, mapping) -> line(
                6,
                ".mapping(" + quoted(system) + ", new MappingCodec().decode("
                        + quoted(new MappingCodec().encode(mapping)) + "))"));
        setting.values.forEach((field, values) -> line(6, ".values(" + quoted(field) + ", " + list(values) + ")"));
        setting.starts.forEach((place, value) ->
                line(6, ".holding(" + list(List.of(place.split("/", 2))) + ", " + quoted(value) + ")"));
        if (setting.unseen) {
            line(6, ".unseen()");
        }
        new TreeSet<>(setting.missing).forEach(system -> line(6, ".missing(" + quoted(system) + ")"));
        setting.grades.forEach(
                (system, grade) -> line(6, ".dated(" + quoted(system) + ", AsOfGrade." + grade.name() + ")"));
        new TreeSet<>(setting.silent).forEach(system -> line(6, ".silent(" + quoted(system) + ")"));
        setting.habits.forEach((place, habit) -> line(
                6,
                ".undeclared(" + list(List.of(place.split("/", 2))) + ", "
                        + habit.stream().map(PrintedTest::rendering).collect(Collectors.joining(", ")) + ")"));
        setting.automations.forEach(automation -> line(
                6, ".automation(" + list(List.of(automation.system(), automation.field(), automation.value())) + ")"));
        line(6, ".apart(java.time.Duration.parse(" + quoted(setting.apart.toString()) + "))");
        if (setting.editsEach < Integer.MAX_VALUE) {
            line(6, ".editsEach(" + setting.editsEach + ")");
        }
        Budget budget = setting.budget;
        line(
                6,
                ".edits(" + budget.edits() + ").crashes(" + budget.crashes() + ").duplicates(" + budget.duplicates()
                        + ").lostAnswers(" + budget.lostAnswers() + ");");
    }

    private static String rendering(Rendering rendering) {
        return rendering.family() == Rendering.Family.CUT
                ? "Rendering.cut(" + rendering.length() + ")"
                : "Rendering." + rendering.family().name().toUpperCase(Locale.ROOT);
    }

    private static String list(List<String> texts) {
        return texts.stream().map(PrintedTest::quoted).collect(Collectors.joining(", "));
    }

    private static String quoted(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                + '"';
    }

    private void line(int indent, String line) {
        text.append("    ".repeat(indent)).append(line).append('\n');
    }
}
