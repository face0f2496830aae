package dev.crmsync.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.policy.Policy;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.testkit.check.CheckReport;
import dev.crmsync.testkit.check.ConvergenceCheck;
import dev.crmsync.testkit.check.Verdict;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Searches small worlds of a policy to the end, and holds each of their states against the laws. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Searches, field by field, every order in which a few edits, their events, reads, writes and faults can follow",
            "each other under a policy for contacts, and holds each state against the laws. What breaks one is told as a",
            "shortest way there, and as a JUnit test."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  crm-sync check policy.json",
            "  crm-sync check policy.json --systems kirim,crm,shop --field name --edits 3 --duplicates 0"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every law holds in every state",
            "1:a law is broken, or there were more states than the limit",
            "2:the command or one of its files is wrong"
        })
final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Contacts contacts = new Contacts();

    @Option(
            names = "--field",
            split = ",",
            paramLabel = "FIELD",
            description =
                    "the fields of contacts, each in a world of its own (default: all that the policy decides by name)")
    private List<String> fields = new ArrayList<>();

    @Option(names = "--edits", defaultValue = "2", paramLabel = "N", description = "edits by people (default: 2)")
    private int edits = 2;

    @Option(
            names = "--crashes",
            defaultValue = "1",
            paramLabel = "N",
            description = "deaths of the engine (default: 1)")
    private int crashes = 1;

    @Option(names = "--duplicates", defaultValue = "1", paramLabel = "N", description = "repeated events (default: 1)")
    private int duplicates = 1;

    @Option(names = "--lost-answers", defaultValue = "1", paramLabel = "N", description = "lost answers (default: 1)")
    private int lostAnswers = 1;

    @Option(
            names = "--limit",
            defaultValue = "400000",
            paramLabel = "STATES",
            description = "after how many states a search gives up (default: 400000)")
    private int limit = 400_000;

    @Option(names = "--json", description = "print JSON, for programs")
    private boolean json;

    @Override
    public Integer call() {
        Policy read = contacts.policy();
        List<CheckReport> reports = new ArrayList<>();
        for (String field : fields(read)) {
            CheckReport report = check(read, field);
            reports.add(report);
            if (!json) {
                Output.print(spec, report.toString());
                report.counterexample().ifPresent(broken -> Output.print(spec, broken.test()));
            }
        }
        if (json) {
            Output.print(spec, asJson(reports));
        }
        return reports.stream().allMatch(CheckReport::holds) ? 0 : CrmSync.FOUND;
    }

    private CheckReport check(Policy read, String field) {
        PrintWriter err = spec.commandLine().getErr();
        return ConvergenceCheck.of(read)
                .systems(contacts.systems(read))
                .fields(field)
                .edits(edits)
                .crashes(crashes)
                .duplicates(duplicates)
                .lostAnswers(lostAnswers)
                .limit(limit)
                .progress((states, transitions, waiting) -> {
                    err.println(field + ": " + states + " states, " + waiting + " wait");
                    err.flush();
                })
                .run();
    }

    /** Those that were asked for, or those that the policy speaks of: a bag has keys that nobody can guess. */
    private List<String> fields(Policy read) {
        if (!fields.isEmpty()) {
            return fields;
        }
        List<String> decided = read
                .type(RecordType.CONTACT.name())
                .map(type -> List.copyOf(type.fields().keySet()))
                .orElse(List.of())
                .stream()
                .filter(name -> RecordType.CONTACT
                        .field(name)
                        .map(Field::type)
                        .filter(type -> type != FieldType.BAG)
                        .isPresent())
                .toList();
        if (decided.isEmpty()) {
            throw SyncException.configuration(
                    "the policy decides no field of contacts by its name; name some with --field");
        }
        return decided;
    }

    private static ObjectNode asJson(List<CheckReport> reports) {
        ObjectNode node = Output.object().put("holds", reports.stream().allMatch(CheckReport::holds));
        ArrayNode all = node.putArray("checks");
        for (CheckReport report : reports) {
            ObjectNode one = all.addObject()
                    .put("world", report.world())
                    .put("verdict", report.verdict().name())
                    .put("states", report.states())
                    .put("transitions", report.transitions())
                    .put("depth", report.depth());
            if (report.verdict() == Verdict.HOLDS) {
                one.put("mostWrites", report.mostWrites());
            }
            report.counterexample().ifPresent(broken -> {
                one.put("law", broken.law()).put("what", broken.what()).put("test", broken.test());
                broken.steps().forEach(one.putArray("steps")::add);
            });
        }
        return node;
    }
}
