package dev.crmsync.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.json.JournalCodec;
import dev.crmsync.planning.Decision;
import dev.crmsync.replay.Bundle;
import dev.crmsync.replay.Step;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.JournalEntry;
import dev.crmsync.spi.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells what was decided about a link, and why. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Tells what was decided about a link and why, newest first: from a store, which it only reads, or from a bundle.",
            "Values are shown when they are asked for; those of a redacted bundle are tokens."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  crm-sync explain --store jdbc:postgresql://db/crm --user reader --sync acme --record crm/contact/4711",
            "  crm-sync explain --bundle incident.json --field name --values"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:it is told", "1:nothing is known of it", "2:the command or one of its files is wrong"})
final class ExplainCommand implements Callable<Integer> {
    private static final int PAGE = 500;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Source source = new Source();

    @Option(names = "--link", paramLabel = "ID", description = "the link; a bundle of one link needs none")
    private @Nullable String link;

    @Option(
            names = "--record",
            paramLabel = "SYSTEM/TYPE/ID",
            description = "the record whose link is meant, in a store")
    private @Nullable String record;

    @Option(
            names = "--field",
            paramLabel = "NAME",
            description = "only what is about this field, or about whole records")
    private @Nullable String field;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "200",
            description = "how many decisions (default: 200)")
    private int limit = 200;

    @Option(names = "--values", description = "show values, which are personal data")
    private boolean values;

    @Option(names = "--json", description = "print JSON, for programs")
    private boolean json;

    @Override
    public Integer call() {
        List<Decision> decisions = source.isBundle() ? ofBundle(source.bundle()) : source.store(this::ofStore);
        decisions = decisions.stream()
                .filter(one -> field == null || one.field() == null || field.equals(one.field()))
                .limit(limit)
                .toList();
        if (json) {
            ArrayNode all = Output.object().putArray("decisions");
            decisions.forEach(one -> write(all.addObject(), one));
            Output.print(spec, Output.object().<ObjectNode>set("decisions", all));
        } else {
            Output.print(
                    spec,
                    decisions.isEmpty()
                            ? "Nothing is known of it."
                            : String.join(
                                    "\n", decisions.stream().map(this::line).toList()));
        }
        return decisions.isEmpty() ? CrmSync.FOUND : 0;
    }

    private List<Decision> ofBundle(Bundle bundle) {
        List<Decision> decisions = new ArrayList<>();
        for (Step step : bundle.recording().steps()) {
            step.decisions().stream()
                    .filter(one -> link == null || link.equals(one.link()))
                    .forEach(one -> decisions.add(0, one));
        }
        return decisions;
    }

    private List<Decision> ofStore(Store store) {
        String id = link == null ? linkOf(store) : link;
        List<Decision> decisions = new ArrayList<>();
        JournalCodec codec = new JournalCodec();
        long before = Long.MAX_VALUE;
        List<JournalEntry> page;
        do {
            page = store.journal(source.sync(), id, before, PAGE);
            for (JournalEntry entry : page) {
                before = Math.min(before, entry.seq());
                if (entry.kind().equals(JournalCodec.DECISION)) {
                    decisions.addAll(codec.decode(entry));
                }
            }
        } while (page.size() == PAGE);
        return decisions;
    }

    private String linkOf(Store store) {
        String[] parts = record == null ? new String[0] : record.split("/", 3);
        if (parts.length != 3) {
            throw SyncException.configuration("say which link is meant: --link ID, or --record SYSTEM/TYPE/ID");
        }
        RecordRef ref = new RecordRef(parts[0], parts[1], parts[2]);
        Map<RecordRef, String> links = store.linkIds(source.sync(), List.of(ref));
        String found = links.get(ref);
        if (found == null) {
            throw SyncException.configuration("sync " + source.sync() + " knows no record " + record);
        }
        return found;
    }

    private String line(Decision one) {
        StringBuilder line = new StringBuilder(String.format(
                "%s %6d  %-10s %-20s %s",
                one.at(), one.seq(), one.system(), one.field() == null ? "-" : one.field(), one.reason()));
        if (one.stance() != null) {
            line.append(", ").append(one.stance());
        }
        if (one.rule() != null) {
            line.append("  (").append(one.rule()).append(')');
        }
        if (values) {
            line.append("  saw ")
                    .append(shown(one.saw()))
                    .append(", agreed ")
                    .append(shown(one.before()))
                    .append(" -> ")
                    .append(shown(one.after()));
        }
        return line.toString();
    }

    private void write(ObjectNode node, Decision one) {
        node.put("link", one.link())
                .put("seq", one.seq())
                .put("at", one.at().toString())
                .put("system", one.system())
                .put("field", one.field())
                .put("reason", one.reason().name())
                .put("rule", one.rule())
                .put("stance", one.stance() == null ? null : one.stance().name())
                .put("rulesHash", one.rulesHash());
        if (values) {
            node.put("saw", shown(one.saw())).put("before", shown(one.before())).put("after", shown(one.after()));
        }
    }

    private static @Nullable String shown(@Nullable Value value) {
        if (value instanceof Value.Text text) {
            return text.text();
        } else if (value instanceof Value.Members members) {
            return members.members().toString();
        }
        return value == null ? null : value.toString();
    }
}
