package dev.crmsync.testkit.adapter;

import static dev.crmsync.testkit.adapter.AccountBench.equal;
import static dev.crmsync.testkit.adapter.AccountBench.refused;
import static dev.crmsync.testkit.adapter.AccountBench.that;

import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.Archives;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.Describes;
import dev.crmsync.spi.adapter.FindsCreated;
import dev.crmsync.spi.adapter.ListsAll;
import dev.crmsync.spi.adapter.ListsChanges;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Quota;
import dev.crmsync.spi.adapter.ReadsMany;
import dev.crmsync.spi.adapter.ReadsOne;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.adapter.WritesMany;
import dev.crmsync.spi.adapter.WritesOne;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.testkit.adapter.AdapterContract.NotClaimed;
import dev.crmsync.testkit.adapter.AdapterContract.Rule;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** What an adapter says of itself, and that it refuses what it does not claim. */
final class DeclaringRules {
    /** A type that no adapter knows. */
    private static final String FOREIGN = "no such type";

    private DeclaringRules() {}

    static List<Rule> rules() {
        return List.of(
                new Rule(
                        "A1",
                        ConformanceLevel.BASIC,
                        "the declaration and the default mappings are the same at every call and of every instance",
                        DeclaringRules::a1),
                new Rule(
                        "A2",
                        ConformanceLevel.BASIC,
                        "types and quotas are declared once each, and no type is mapped that is not declared",
                        DeclaringRules::a2),
                new Rule(
                        "A3",
                        ConformanceLevel.BASIC,
                        "a capability refuses a type that is not declared as a fault of the configuration",
                        DeclaringRules::a3),
                new Rule(
                        "A4",
                        ConformanceLevel.BASIC,
                        "a capability refuses a type for which it is declared to be lacking as a fault of the configuration",
                        DeclaringRules::a4),
                new Rule(
                        "A5",
                        ConformanceLevel.BASIC,
                        "a create look-up is declared only with what it needs",
                        DeclaringRules::a5));
    }

    private static void a1(AccountBench bench) {
        Adapter other = bench.another();
        Declaration first = bench.adapter.declaration();
        equal(bench.adapter.declaration(), first, "the declaration when asked again");
        equal(other.declaration(), first, "the declaration of another instance");
        List<Mapping> mappings = bench.adapter.defaultMappings();
        equal(bench.adapter.defaultMappings(), mappings, "the default mappings when asked again");
        equal(other.defaultMappings(), mappings, "the default mappings of another instance");
    }

    private static void a2(AccountBench bench) {
        Declaration declared = bench.adapter.declaration();
        that(!declared.vendor().isBlank(), "the vendor must have a name");
        List<String> types =
                declared.types().stream().map(TypeDeclaration::type).toList();
        equal(types.stream().distinct().toList(), types, "types, each once");
        List<String> quotas = declared.quotas().stream().map(Quota::key).toList();
        equal(quotas.stream().distinct().toList(), quotas, "quotas, each once");
        List<String> mapped =
                bench.adapter.defaultMappings().stream().map(Mapping::type).toList();
        equal(mapped.stream().distinct().toList(), mapped, "mapped types, each once");
        that(types.containsAll(mapped), "types are mapped that are not declared: " + mapped + " of " + types);
    }

    private static void a3(AccountBench bench) throws Exception {
        Map<Operation, Callable<?>> calls = calls(bench, FOREIGN);
        if (calls.isEmpty()) {
            throw new NotClaimed("nothing that is asked by type");
        }
        for (Map.Entry<Operation, Callable<?>> call : calls.entrySet()) {
            refused(Kind.CONFIGURATION, call.getValue(), call.getKey() + " of a type that is not declared");
        }
    }

    private static void a4(AccountBench bench) throws Exception {
        boolean any = false;
        for (TypeDeclaration declared : bench.adapter.declaration().types()) {
            Map<Operation, Callable<?>> calls = calls(bench, declared.type());
            calls.keySet().retainAll(declared.lacking());
            for (Map.Entry<Operation, Callable<?>> call : calls.entrySet()) {
                any = true;
                refused(Kind.CONFIGURATION, call.getValue(), call.getKey() + " of " + declared.type());
            }
        }
        if (!any) {
            throw new NotClaimed("nothing is declared to be lacking of what the adapter can do");
        }
    }

    private static void a5(AccountBench bench) {
        bench.needsWrites();
        CreateLookup lookup = bench.declared.createLookup();
        if (lookup instanceof CreateLookup.UniqueUpsert) {
            that(bench.mapping.externalId() != null, "an upsert by a join key needs a property that holds it");
        } else if (lookup instanceof CreateLookup.IdempotencyKey key) {
            that(!key.ttl().isNegative() && !key.ttl().isZero(), "an idempotency key must live for a while");
        } else if (lookup instanceof CreateLookup.Lookup found) {
            that(!found.lag().isNegative(), "a look-up must not lag by less than nothing");
            that(bench.adapter instanceof FindsCreated, "a look-up is declared without FindsCreated");
            that(bench.declared.can(Operation.FIND), "a look-up is declared, and FIND is declared to be lacking");
            that(bench.mapping.externalId() != null, "a look-up by a join key needs a property that holds it");
        }
    }

    /** One call of each capability that is asked by type. */
    private static Map<Operation, Callable<?>> calls(AccountBench bench, String type) {
        Adapter adapter = bench.adapter;
        RecordRef stranger = bench.specimen.stranger();
        RecordRef record = new RecordRef(stranger.system(), type, stranger.id());
        Write write = new Write("k", type, record, bench.specimen.edited(bench.next()), null, null);
        Map<Operation, Callable<?>> calls = new EnumMap<>(Operation.class);
        if (adapter instanceof ReadsOne one) {
            calls.put(Operation.READ_ONE, () -> one.read(record));
        }
        if (adapter instanceof ReadsMany many) {
            calls.put(Operation.READ_MANY, () -> many.readMany(List.of(record)));
        }
        if (adapter instanceof ListsAll all) {
            calls.put(Operation.LIST_ALL, () -> all.list(type, null));
        }
        if (adapter instanceof ListsChanges changes) {
            calls.put(
                    Operation.LIST_CHANGES,
                    () -> changes.changes(type, changes.cursorAt(type, Instant.EPOCH.plusSeconds(1_700_000_000))));
        }
        if (adapter instanceof WritesOne one) {
            calls.put(Operation.WRITE_ONE, () -> one.write(write));
        }
        if (adapter instanceof WritesMany many) {
            calls.put(Operation.WRITE_MANY, () -> many.writeMany(List.of(write)));
        }
        if (adapter instanceof FindsCreated finds) {
            calls.put(Operation.FIND, () -> finds.find(type, new Write.ExternalId("key", "nobody")));
        }
        if (adapter instanceof Archives archives) {
            calls.put(Operation.ARCHIVE, () -> archives.archive(record));
        }
        if (adapter instanceof Describes describes) {
            calls.put(Operation.ADMIN, () -> describes.describe(type));
        }
        return calls;
    }
}
