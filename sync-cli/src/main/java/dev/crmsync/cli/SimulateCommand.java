package dev.crmsync.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.policy.Policy;
import dev.crmsync.spi.SyncException;
import dev.crmsync.testkit.simulation.Dials;
import dev.crmsync.testkit.simulation.History;
import dev.crmsync.testkit.simulation.SyncSimulator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Grows histories of a policy from seeds, and holds them against the laws. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = {
            "Grows histories of a policy for contacts from seeds: toy systems, people who edit, trouble of every kind.",
            "Each is held against the laws; one that breaks a law is told with what happened in it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  crm-sync simulate policy.json --seeds 200",
            "  crm-sync simulate policy.json --weather calm --first 4711 --seeds 1"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every history keeps every law",
            "1:a history breaks one",
            "2:the command or one of its files is wrong"
        })
final class SimulateCommand implements Callable<Integer> {
    /** How the toy world is disposed. */
    enum Weather {
        /** Everything goes wrong. */
        STORM,
        /** Nothing goes wrong. */
        CALM
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Contacts contacts = new Contacts();

    @Option(
            names = "--seeds",
            defaultValue = "100",
            paramLabel = "N",
            description = "how many histories (default: 100)")
    private int seeds = 100;

    @Option(names = "--first", defaultValue = "0", paramLabel = "SEED", description = "the first seed (default: 0)")
    private long first;

    @Option(
            names = "--weather",
            defaultValue = "storm",
            paramLabel = "WEATHER",
            description = "${COMPLETION-CANDIDATES} (default: storm)")
    private Weather weather = Weather.STORM;

    @Option(names = "--json", description = "print JSON, for programs")
    private boolean json;

    @Override
    public Integer call() {
        SyncSimulator simulator = simulator(contacts.policy());
        LongConsumer progress = Output.progress(spec, "histories grown");
        List<History> unlawful = new ArrayList<>();
        for (int i = 0; i < seeds; i++) {
            History history = simulator.run(first + i);
            if (!history.lawful()) {
                unlawful.add(history);
            }
            progress.accept(i + 1L);
        }
        if (json) {
            Output.print(spec, asJson(unlawful));
        } else {
            unlawful.forEach(history -> Output.print(spec, history.report()));
            Output.print(spec, seeds + " histories, " + unlawful.size() + " broke a law");
        }
        return unlawful.isEmpty() ? 0 : CrmSync.FOUND;
    }

    private SyncSimulator simulator(Policy read) {
        if (seeds < 1) {
            throw SyncException.configuration("a simulation grows one history at least; say --seeds N");
        }
        return SyncSimulator.of(read)
                .systems(contacts.systems(read))
                .dials(weather == Weather.CALM ? Dials.calm() : Dials.storm());
    }

    private ObjectNode asJson(List<History> unlawful) {
        ObjectNode node = Output.object().put("histories", seeds).put("first", first);
        ArrayNode broken = node.putArray("broken");
        for (History history : unlawful) {
            ObjectNode one = broken.addObject().put("seed", history.seed());
            ArrayNode laws = one.putArray("violations");
            history.violations()
                    .forEach(violation ->
                            laws.addObject().put("law", violation.law()).put("what", violation.toString()));
        }
        return node;
    }
}
