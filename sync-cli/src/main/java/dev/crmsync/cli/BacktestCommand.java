package dev.crmsync.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.replay.Backtest;
import dev.crmsync.replay.BacktestReport;
import dev.crmsync.replay.Call;
import dev.crmsync.replay.CallReport;
import dev.crmsync.replay.FieldReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tries a policy on what was recorded. */
@Command(
        name = "backtest",
        mixinStandardHelpOptions = true,
        description = {
            "Tries a policy on what was recorded, and tells for each field what would have been decided otherwise,",
            "which records would have been written to, and which values would have been lost."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  crm-sync backtest --bundle incident.json candidate.json",
            "  crm-sync backtest --store jdbc:postgresql://db/crm --user reader --password-from PW --sync acme candidate.json"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it would have made no difference",
            "1:it would have made one",
            "2:the command or one of its files is wrong"
        })
final class BacktestCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Source source = new Source();

    @Parameters(paramLabel = "POLICY", description = "the policy that is tried, as JSON")
    private Path policy = Path.of("");

    @Option(names = "--json", description = "print JSON, for programs")
    private boolean json;

    @Override
    public Integer call() {
        BacktestReport report = Backtest.of(
                source.recorded(List.of(), Output.progress(spec, "links read")), Documents.policy(policy), List.of());
        if (json) {
            Output.print(spec, asJson(report));
        } else {
            Output.print(spec, report.text());
        }
        return report.alike() ? 0 : CrmSync.FOUND;
    }

    private static ObjectNode asJson(BacktestReport report) {
        ObjectNode node = Output.object()
                .put("policy", report.policy())
                .put("inputs", report.inputs())
                .put("unknownFacts", report.unknown())
                .put("differs", report.differs());
        report.failures().forEach(node.putArray("failures")::add);
        ArrayNode fields = node.putArray("fields");
        report.fields().forEach(field -> write(fields.addObject(), field));
        ArrayNode calls = node.putArray("calls");
        for (CallReport call : report.calls()) {
            ObjectNode one = calls.addObject().put("system", call.system());
            write(one.putObject("now"), call.now());
            write(one.putObject("then"), call.then());
        }
        return node;
    }

    private static void write(ObjectNode node, FieldReport field) {
        node.put("field", field.field()).put("decisions", field.decisions()).put("changed", field.changed());
        ObjectNode changes = node.putObject("changes");
        field.changes().forEach(changes::put);
        node.putObject("records").put("now", field.recordsNow()).put("then", field.recordsThen());
        node.putObject("writes").put("now", field.writesNow()).put("then", field.writesThen());
        node.putObject("lost").put("now", field.lostNow()).put("then", field.lostThen());
        ArrayNode losses = node.putArray("losses");
        field.losses()
                .forEach(lost -> losses.addObject()
                        .put("link", lost.link())
                        .put("system", lost.system())
                        .put("seq", lost.seq()));
    }

    private static void write(ObjectNode node, Map<Call, Long> calls) {
        calls.forEach((call, count) -> node.put(call.name().toLowerCase(Locale.ROOT), count));
    }
}
