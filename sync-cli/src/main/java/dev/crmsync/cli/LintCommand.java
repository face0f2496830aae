package dev.crmsync.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.lint.Finding;
import dev.crmsync.lint.PolicyLint;
import dev.crmsync.planning.Rules;
import dev.crmsync.planning.SystemRules;
import dev.crmsync.policy.Policy;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.mapping.Mapping;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges a policy, with the mappings and what the adapters declare, before anything runs on it. */
@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        description = {
            "Judges a policy together with its mappings and what the adapters declare.",
            "Adapters other than those in this jar come by the class path:",
            "java -cp crm-sync.jar:my-adapter.jar dev.crmsync.cli.CrmSync lint ..."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing, or warnings without --strict",
            "1:an error, or with --strict a warning",
            "2:the command or one of its files is wrong"
        })
final class LintCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "POLICY", description = "the policy, as JSON")
    private Path policy = Path.of("");

    @Option(
            names = {"-s", "--system"},
            required = true,
            paramLabel = "NAME=ADAPTER",
            description = "a system of the policy, and the adapter that speaks to it, such as crm=hubspot; two or more")
    private Map<String, String> systems = new TreeMap<>();

    @Option(
            names = "--set",
            paramLabel = "SYSTEM.SETTING=VALUE",
            description = "a setting of an adapter, such as kirim.phoneNumberId=123456789; secrets are not asked for")
    private Map<String, String> settings = new TreeMap<>();

    @Option(
            names = {"-m", "--mapping"},
            paramLabel = "SYSTEM=FILE",
            description = "a mapping, as JSON, in place of the adapter's own for its record type; as many as there are")
    private List<String> mappings = new ArrayList<>();

    @Option(
            names = "--region",
            paramLabel = "REGION",
            defaultValue = "ID",
            description = "where phone numbers without a country code are at home (default: ${DEFAULT-VALUE})")
    private String region = "ID";

    @Option(names = "--strict", description = "warnings count like errors")
    private boolean strict;

    @Option(names = "--json", description = "print JSON, for programs")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Rules rules = rules(Documents.policy(policy));
        List<Finding> findings = PolicyLint.check(rules);
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? asJson(rules, findings) : asText(findings));
        out.flush();
        boolean harmful = !PolicyLint.errors(findings).isEmpty() || strict && !findings.isEmpty();
        return harmful ? CrmSync.FOUND : 0;
    }

    private Rules rules(Policy policy) {
        for (String named : policy.systems()) {
            if (!systems.containsKey(named)) {
                throw SyncException.configuration("policy " + policy.name() + " names the system '" + named
                        + "'; say which adapter speaks to it with --system " + named + "=ADAPTER");
            }
        }
        Map<String, List<Mapping>> changed = changedMappings();
        Map<String, SystemRules> known = new TreeMap<>();
        systems.forEach((name, vendor) ->
                known.put(name, new Vendor(name, vendor, settings(name)).rules(changed.getOrDefault(name, List.of()))));
        return Rules.of(policy, known, region);
    }

    private Map<String, List<Mapping>> changedMappings() {
        Map<String, List<Mapping>> changed = new TreeMap<>();
        for (String given : mappings) {
            int equals = given.indexOf('=');
            String system = equals < 0 ? given : given.substring(0, equals);
            if (equals < 0 || !systems.containsKey(system)) {
                throw SyncException.configuration("--mapping " + given + ": no --system " + system
                        + " is given; say --mapping SYSTEM=FILE with one of " + new TreeSet<>(systems.keySet()));
            }
            changed.computeIfAbsent(system, any -> new ArrayList<>())
                    .add(Documents.mapping(Path.of(given.substring(equals + 1))));
        }
        return changed;
    }

    private Map<String, String> settings(String system) {
        Map<String, String> own = new TreeMap<>();
        settings.forEach((name, value) -> {
            String of = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
            if (!name.contains(".") || !systems.containsKey(of)) {
                throw SyncException.configuration("--set " + name + ": say --set SYSTEM.SETTING=VALUE with one of "
                        + new TreeSet<>(systems.keySet()));
            }
            if (of.equals(system)) {
                own.put(name.substring(of.length() + 1), value);
            }
        });
        return own;
    }

    private static String asText(List<Finding> findings) {
        if (findings.isEmpty()) {
            return "Nothing found.";
        }
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) {
            text.append(finding.severity().name().toLowerCase(Locale.ROOT))
                    .append("  ")
                    .append(finding.rule().id())
                    .append(finding.field() == null ? "" : "  " + finding.field())
                    .append(finding.system() == null ? "" : " at " + finding.system())
                    .append("\n    ")
                    .append(finding.message())
                    .append(".\n    What to do: ")
                    .append(finding.remedy())
                    .append(". (")
                    .append(finding.documentation())
                    .append(")\n");
        }
        int errors = PolicyLint.errors(findings).size();
        return text.append(errors)
                .append(" error(s), ")
                .append(findings.size() - errors)
                .append(" warning(s)")
                .toString();
    }

    private static String asJson(Rules rules, List<Finding> findings) throws IOException {
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        ObjectNode root = mapper.createObjectNode()
                .put("policy", rules.policy().name())
                .put("version", rules.policy().version())
                .put("rulesHash", rules.hash());
        ArrayNode list = root.putArray("findings");
        for (Finding finding : findings) {
            list.addObject()
                    .put("severity", finding.severity().name().toLowerCase(Locale.ROOT))
                    .put("rule", finding.rule().id())
                    .put("system", finding.system())
                    .put("field", finding.field())
                    .put("message", finding.message())
                    .put("remedy", finding.remedy())
                    .put("documentation", finding.documentation());
        }
        return mapper.writeValueAsString(root);
    }
}
