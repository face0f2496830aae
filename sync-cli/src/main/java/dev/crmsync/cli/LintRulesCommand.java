package dev.crmsync.cli;

import dev.crmsync.lint.LintRule;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the lint rules, and where each is explained. */
@Command(
        name = "lint-rules",
        mixinStandardHelpOptions = true,
        description = "Lists the lint rules, and where each is explained.")
final class LintRulesCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        for (LintRule rule : LintRule.values()) {
            out.printf("%-32s%s%n", rule.id(), rule.documentation());
        }
        out.flush();
    }
}
