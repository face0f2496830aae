package dev.crmsync.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.replay.Bundle;
import dev.crmsync.replay.Difference;
import dev.crmsync.replay.Replayed;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Plans a bundle again, and tells what comes out otherwise. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description =
                "Plans the inputs of a bundle again, and tells which of them come to something else with this version.",
        footerHeading = "%nExamples:%n",
        footer = {"  crm-sync replay incident.json", "  crm-sync replay --json incident.json"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything comes to the same",
            "1:something comes to something else, or nothing could be planned",
            "2:the command or one of its files is wrong"
        })
final class ReplayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "BUNDLE", description = "the bundle, as export writes it")
    private Path file = Path.of("");

    @Option(names = "--json", description = "print JSON, for programs")
    private boolean json;

    @Override
    public Integer call() {
        Bundle bundle = Source.read(file);
        Replayed replayed = bundle.replay();
        if (json) {
            Output.print(spec, asJson(bundle, replayed));
        } else {
            Output.print(spec, replayed.report());
        }
        return replayed.same() ? 0 : CrmSync.FOUND;
    }

    private static ObjectNode asJson(Bundle bundle, Replayed replayed) {
        ObjectNode node = Output.object()
                .put("sync", bundle.sync())
                .put("redacted", bundle.redacted())
                .put("inputs", replayed.steps())
                .put("decisions", replayed.decisions())
                .put("skipped", replayed.skipped())
                .put("same", replayed.same());
        ArrayNode differences = node.putArray("differences");
        for (Difference one : replayed.differences()) {
            ObjectNode told = differences
                    .addObject()
                    .put("step", one.step())
                    .put("seq", one.seq())
                    .put("input", one.kind());
            ArrayNode links = told.putArray("links");
            one.links().forEach(links::add);
            ArrayNode recorded = told.putArray("recorded");
            one.recorded().forEach(recorded::add);
            ArrayNode now = told.putArray("replayed");
            one.replayed().forEach(now::add);
        }
        return node;
    }
}
