package dev.crmsync.testkit.acme;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.mapping.Rendering;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.Origin;
import dev.crmsync.spi.model.RecordRef;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Acme's adapter with one mistake each, and the rule that is there to find it. */
final class BrokenAdapters {
    private BrokenAdapters() {}

    /** One broken adapter. */
    record Broken(String rule, String mistake, BiFunction<URI, InstantSource, Adapter> adapters) {
        @Override
        public String toString() {
            return mistake + " is found by " + rule;
        }
    }

    static List<Broken> all() {
        List<Broken> all = new ArrayList<>();
        all.addAll(declaring());
        all.addAll(reading());
        all.addAll(writing());
        all.addAll(creatingAndRendering());
        all.addAll(dating());
        all.addAll(telling());
        all.addAll(walking());
        all.addAll(signing());
        all.addAll(troubled());
        all.addAll(unsafe());
        all.addAll(besides());
        return all;
    }

    private static TypeDeclaration declared(AsOfGrade grade, boolean marks, CreateLookup lookup, boolean deletes) {
        return new TypeDeclaration(
                Contact.TYPE,
                grade,
                marks,
                lookup,
                deletes,
                true,
                TypeDeclaration.DEFAULT_ECHO_HORIZON,
                Duration.ZERO,
                List.of());
    }

    private static List<Broken> declaring() {
        AtomicInteger started = new AtomicInteger();
        return List.of(
                new Broken(
                        "A1", "a vendor's name that counts instances", (base, clock) -> new AcmeAdapter(base, clock) {
                            private final int number = started.incrementAndGet();

                            @Override
                            public Declaration declaration() {
                                return new Declaration("acme-" + number, false, List.of(contacts()), List.of());
                            }
                        }),
                new Broken("A2", "a type that is declared twice", (base, clock) -> new AcmeAdapter(base, clock) {
                    @Override
                    public Declaration declaration() {
                        return new Declaration("acme", false, List.of(contacts(), contacts()), List.of());
                    }
                }),
                new Broken("A3", "an empty listing of a type unknown", (base, clock) -> new AcmeAdapter(base, clock) {
                    @Override
                    public Page list(String type, @Nullable String cursor) {
                        return type.equals(Contact.TYPE) ? super.list(type, cursor) : new Page(List.of(), null, true);
                    }
                }),
                new Broken(
                        "A4",
                        "an operation that is lacking, and answers",
                        (base, clock) -> new AcmeAdapter(base, clock) {
                            @Override
                            TypeDeclaration contacts() {
                                return super.contacts().without(Operation.LIST_CHANGES);
                            }
                        }),
                new Broken(
                        "A5", "a look-up by a key that nothing holds", (base, clock) -> new AcmeAdapter(base, clock) {
                            @Override
                            public List<Mapping> defaultMappings() {
                                return super.defaultMappings().stream()
                                        .map(mapping -> new Mapping(mapping.type(), mapping.fields(), null, List.of()))
                                        .toList();
                            }
                        }));
    }

    private static List<Broken> reading() {
        return List.of(
                new Broken("A10", "names without their last letter", (base, clock) -> new AcmeAdapter(base, clock) {
                    @Override
                    ChangeEvent shown(Map<String, String> row, Evidence evidence) {
                        Map<String, String> cut = new LinkedHashMap<>(row);
                        cut.computeIfPresent(
                                "name", (name, text) -> text.isEmpty() ? text : text.substring(0, text.length() - 1));
                        return super.shown(cut, evidence);
                    }
                }),
                new Broken("A11", "reads of the strength of an index", (base, clock) -> new AcmeAdapter(base, clock) {
                    @Override
                    ChangeEvent shown(Map<String, String> row, Evidence evidence) {
                        return super.shown(row, evidence == Evidence.READ ? Evidence.INDEX : evidence);
                    }
                }),
                new Broken("A12", "a 404 that is taken for a deletion", (base, clock) -> new AcmeAdapter(base, clock) {
                    @Override
                    public Read read(RecordRef ref) {
                        Read read = super.read(ref);
                        return read instanceof Read.NotVisible ? new Read.Gone(AsOf.at(clock.instant()), false) : read;
                    }
                }),
                new Broken(
                        "A13", "answers by place in a batch of reads", (base, clock) -> new AcmeAdapter(base, clock) {
                            @Override
                            public Map<RecordRef, Read> readMany(List<RecordRef> refs) {
                                List<RecordRef> byId = refs.stream().sorted().toList();
                                Map<RecordRef, Read> answers = new LinkedHashMap<>();
                                for (int i = 0; i < refs.size(); i++) {
                                    answers.put(refs.get(i), read(byId.get(i)));
                                }
                                return answers;
                            }
                        }),
                new Broken("A14", "empty values left out", (base, clock) -> new AcmeAdapter(base, clock) {
                    @Override
                    ChangeEvent shown(Map<String, String> row, Evidence evidence) {
                        Map<String, String> full = new LinkedHashMap<>(row);
                        full.values().removeIf(String::isEmpty);
                        return super.shown(full, evidence);
                    }
                }),
                new Broken(
                        "A15", "a deleted record that is not visible", (base, clock) -> new AcmeAdapter(base, clock) {
                            @Override
                            public Read read(RecordRef ref) {
                                Read read = super.read(ref);
                                return read instanceof Read.Gone ? new Read.NotVisible() : read;
                            }
                        }),
                new Broken("A16", "a merge that leads to the wrong one", (base, clock) -> new AcmeAdapter(base, clock) {
                    @Override
                    public Read read(RecordRef ref) {
                        Read read = super.read(ref);
                        return read instanceof Read.MergedInto ? new Read.MergedInto(ref, null) : read;
                    }
                }));
    }

    private static List<Broken> writing() {
        return List.of(
                new Broken(
                        "A20",
                        "changes that clear what they do not name",
                        (base, clock) -> new AcmeAdapter(base, clock) {
                            @Override
                            Map<String, String> form(Write write) {
                                Map<String, String> form = super.form(write);
                                AcmeVendor.PROPERTIES.forEach(property -> form.putIfAbsent(property, ""));
                                return form;
                            }
                        }),
                new Broken("A21", "answers that show what was sent", (base, clock) -> new AcmeAdapter(base, clock) {
                    @Override
                    public Outcome write(Write write) {
                        Outcome outcome = super.write(write);
                        if (outcome instanceof Outcome.Done done && done.record() != null) {
                            Map<String, NativeValue> sent =
                                    new TreeMap<>(done.record().properties());
                            sent.replaceAll(
                                    (property, value) -> write.properties().getOrDefault(property, NativeValue.EMPTY));
                            return new Outcome.Done(
                                    done.ref(),
                                    ChangeEvent.full(
                                            done.ref(), sent, done.record().asOf(), Evidence.READ));
                        }
                        return outcome;
                    }
                }),
                new Broken("A22", "a change of nobody that is done", (base, clock) -> new AcmeAdapter(base, clock) {
                    @Override
                    public Outcome write(Write write) {
                        Outcome outcome = super.write(write);
                        boolean missing = outcome instanceof Outcome.Rejected rejected
                                && rejected.kind() == Outcome.Rejection.NOT_FOUND;
                        return missing && write.ref() != null ? new Outcome.Done(write.ref(), null) : outcome;
                    }
                }),
                new Broken(
                        "A23",
                        "a refusal that is taken for a passing fault",
                        (base, clock) -> new AcmeAdapter(base, clock) {
                            @Override
                            public Outcome write(Write write) {
                                Outcome outcome = super.write(write);
                                return outcome instanceof Outcome.Rejected rejected
                                                && rejected.kind() == Outcome.Rejection.INVALID
                                        ? new Outcome.Unknown("the vendor did not like it")
                                        : outcome;
                            }
                        }),
                new Broken(
                        "A24",
                        "outcomes of a batch in the order of ids",
                        (base, clock) -> new AcmeAdapter(base, clock) {
                            @Override
                            public Map<String, Outcome> writeMany(List<Write> writes) {
                                Map<String, Outcome> right = super.writeMany(writes);
                                List<Outcome> reversed = new ArrayList<>(right.values());
                                Collections.reverse(reversed);
                                Map<String, Outcome> wrong = new LinkedHashMap<>();
                                right.keySet().forEach(key -> wrong.put(key, reversed.get(wrong.size())));
                                return wrong;
                            }
                        }),
                new Broken("A25", "a batch that fails with its weakest", (base, clock) -> new AcmeAdapter(base, clock) {
                    @Override
                    public Map<String, Outcome> writeMany(List<Write> writes) {
                        Map<String, Outcome> outcomes = new LinkedHashMap<>(super.writeMany(writes));
                        outcomes.values().stream()
                                .filter(Outcome.Rejected.class::isInstance)
                                .findFirst()
                                .ifPresent(refusal -> outcomes.replaceAll((key, outcome) -> refusal));
                        return outcomes;
                    }
                }));
    }

    private static List<Broken> creatingAndRendering() {
        return List.of(
                new Broken("A30", "an upsert that always makes", (base, clock) -> new AcmeAdapter(base, clock) {
                    @Override
                    Map<String, String> form(Write write) {
                        Map<String, String> form = super.form(write);
                        form.remove("upsert");
                        return form;
                    }
                }),
                new Broken("A31", "an idempotency key that is not sent", (base, clock) -> new AcmeAdapter(base, clock) {
                    @Override
                    TypeDeclaration contacts() {
                        return declared(
                                AsOfGrade.PROPERTY, true, new CreateLookup.IdempotencyKey(Duration.ofHours(1)), true);
                    }

                    @Override
                    public Outcome write(Write write) {
                        return super.write(new Write(
                                write.key(), write.type(), write.ref(), write.properties(), write.externalId(), null));
                    }
                }),
                new Broken(
                        "A32",
                        "a look-up that is longer behind than declared",
                        (base, clock) -> new AcmeAdapter(base, clock) {
                            @Override
                            TypeDeclaration contacts() {
                                return declared(
                                        AsOfGrade.PROPERTY, true, new CreateLookup.Lookup(Duration.ofSeconds(2)), true);
                            }

                            @Override
                            public Read find(String type, Write.ExternalId externalId) {
                                Read read = super.find(type, externalId);
                                boolean fresh = read instanceof Read.Found found
                                        && found.record()
                                                .asOf()
                                                .from()
                                                .isAfter(clock.instant().minusSeconds(30));
                                return fresh ? new Read.Gone(AsOf.at(clock.instant()), false) : read;
                            }
                        }),
                new Broken(
                        "A33", "a create that is tried again by itself", (base, clock) -> new AcmeAdapter(base, clock) {
                            @Override
                            TypeDeclaration contacts() {
                                return declared(AsOfGrade.PROPERTY, true, new CreateLookup.None(), true);
                            }

                            @Override
                            public Outcome write(Write write) {
                                Outcome outcome = super.write(write);
                                return outcome instanceof Outcome.Unknown && write.creates()
                                        ? super.write(write)
                                        : outcome;
                            }
                        }),
                mapped("A40", "a lower-cased address that is not declared", "email", Rendering.TRIMMED),
                mapped("A41", "a cut that is declared too long", "note", Rendering.cut(250)),
                new Broken(
                        "A42",
                        "phone numbers that lose their last digit",
                        (base, clock) -> new AcmeAdapter(base, clock) {
                            @Override
                            ChangeEvent shown(Map<String, String> row, Evidence evidence) {
                                Map<String, String> cut = new LinkedHashMap<>(row);
                                cut.computeIfPresent(
                                        "phone",
                                        (name, text) ->
                                                text.contains("-") ? text.substring(0, text.length() - 1) : text);
                                return super.shown(cut, evidence);
                            }
                        }),
                mapped("A43", "a rendering that the vendor does not do", "name", Rendering.TRIMMED),
                new Broken(
                        "A44",
                        "tags that are added and never taken off",
                        (base, clock) -> new AcmeAdapter(base, clock) {
                            @Override
                            public Outcome write(Write write) {
                                Map<String, NativeValue> all = new TreeMap<>(write.properties());
                                if (write.ref() != null
                                        && all.get("tags") instanceof NativeValue.Items items
                                        && read(write.ref()) instanceof Read.Found found
                                        && found.record().properties().get("tags") instanceof NativeValue.Items held) {
                                    Set<NativeValue> both = new LinkedHashSet<>(held.items());
                                    both.addAll(items.items());
                                    all.put("tags", new NativeValue.Items(List.copyOf(both)));
                                }
                                return super.write(new Write(
                                        write.key(),
                                        write.type(),
                                        write.ref(),
                                        all,
                                        write.externalId(),
                                        write.idempotencyKey()));
                            }
                        }));
    }

    /** One property with other renderings than it has. */
    private static Broken mapped(String rule, String mistake, String property, Rendering... renderings) {
        return new Broken(rule, mistake, (base, clock) -> new AcmeAdapter(base, clock) {
            @Override
            public List<Mapping> defaultMappings() {
                Mapping right = super.defaultMappings().get(0);
                FieldMapping field = right.fields().stream()
                        .filter(one -> one.lens().properties().contains(property))
                        .findFirst()
                        .orElseThrow();
                return List.of(right.with(field.shownAs(renderings)));
            }
        });
    }

    private static List<Broken> besides() {
        return List.of(
                new Broken(
                        "A45",
                        "a bag that is replaced and said to be patched",
                        (base, clock) -> new AcmeOffice(base, clock) {
                            @Override
                            public Outcome write(Write write) {
                                Map<String, NativeValue> all = new TreeMap<>(write.properties());
                                if (write.ref() != null
                                        && all.get("extra") instanceof NativeValue.Entries bag
                                        && read(write.ref()) instanceof Read.Found found
                                        && found.record().properties().get("extra")
                                                instanceof NativeValue.Entries held) {
                                    Map<String, NativeValue> whole = new TreeMap<>(held.entries());
                                    whole.replaceAll((key, value) -> NativeValue.EMPTY);
                                    whole.putAll(bag.entries());
                                    all.put("extra", new NativeValue.Entries(whole));
                                }
                                return super.write(new Write(
                                        write.key(),
                                        write.type(),
                                        write.ref(),
                                        all,
                                        write.externalId(),
                                        write.idempotencyKey()));
                            }
                        }),
                new Broken("A66", "new records that nobody is told of", (base, clock) -> new AcmeOffice(base, clock) {
                    @Override
                    TypeDeclaration contacts() {
                        return super.contacts().without(Operation.LIST_CHANGES);
                    }

                    @Override
                    public Receipt receive(WebhookRequest request) {
                        return request.body().toUtf8().contains("p.phone")
                                ? new Receipt.Accepted(List.of())
                                : super.receive(request);
                    }
                }),
                new Broken("A110", "a set-up that makes all again", (base, clock) -> new AcmeOffice(base, clock) {
                    @Override
                    public List<SetupStep> setUp(List<Mapping> mappings, boolean dryRun) {
                        return super.setUp(mappings, dryRun).stream()
                                .map(step -> new SetupStep(SetupStep.State.MADE, step.what()))
                                .toList();
                    }
                }),
                new Broken("A111", "a property that is described twice", (base, clock) -> new AcmeOffice(base, clock) {
                    @Override
                    public List<NativeProperty> describe(String type) {
                        List<NativeProperty> twice = new ArrayList<>(super.describe(type));
                        twice.addAll(super.describe(type));
                        return twice;
                    }
                }),
                new Broken(
                        "A112", "an archive that is done in words only", (base, clock) -> new AcmeOffice(base, clock) {
                            @Override
                            public Outcome archive(RecordRef ref) {
                                return new Outcome.Done(ref, null);
                            }
                        }),
                new Broken("A113", "a subscription at each start", (base, clock) -> new AcmeOffice(base, clock) {
                    private int starts;

                    @Override
                    public Subscription subscribe(URI target, List<String> types) {
                        return super.subscribe(URI.create(target + "?start=" + ++starts), types);
                    }
                }),
                new Broken(
                        "A114",
                        "a label that is made by each repeated call",
                        (base, clock) -> new AcmeOffice(base, clock) {
                            private int calls;

                            @Override
                            public Tag createTag(String name, String idempotencyKey) {
                                return super.createTag(name + " " + ++calls, idempotencyKey);
                            }
                        }),
                new Broken(
                        "A115",
                        "a segment that is empty where it is not there",
                        (base, clock) -> new AcmeOffice(base, clock) {
                            @Override
                            public Members members(String segment, @Nullable String cursor) {
                                return segment.matches("s\\d+")
                                        ? super.members(segment, cursor)
                                        : new Members(List.of(), null, true);
                            }
                        }),
                new Broken("A116", "a replay of what was delivered", (base, clock) -> new AcmeOffice(base, clock) {
                    @Override
                    public Replayed replay(Instant from, Instant to) {
                        return new Replayed(7, false);
                    }
                }));
    }

    private static List<Broken> dating() {
        return List.of(
                new Broken(
                        "A50",
                        "reads that are dated by the making of the record",
                        (base, clock) -> new AcmeAdapter(base, clock) {
                            @Override
                            ChangeEvent shown(Map<String, String> row, Evidence evidence) {
                                ChangeEvent right = super.shown(row, evidence);
                                AsOf since =
                                        new AsOf(Instant.EPOCH, right.asOf().to());
                                return ChangeEvent.full(right.ref(), right.properties(), since, evidence);
                            }
                        }),
                new Broken(
                        "A51",
                        "reads that are dated by the reader's clock",
                        (base, clock) -> new AcmeAdapter(base, clock) {
                            @Override
                            ChangeEvent shown(Map<String, String> row, Evidence evidence) {
                                ChangeEvent right = super.shown(row, evidence);
                                return ChangeEvent.full(
                                        right.ref(), right.properties(), AsOf.at(clock.instant()), evidence);
                            }
                        }),
                new Broken(
                        "A52",
                        "times of a minute that are declared to be exact",
                        (base, clock) -> new AcmeAdapter(base, clock) {
                            @Override
                            ChangeEvent shown(Map<String, String> row, Evidence evidence) {
                                Map<String, String> floored = new LinkedHashMap<>(row);
                                floored.computeIfPresent(
                                        "updated",
                                        (name, time) -> Instant.parse(time)
                                                .truncatedTo(ChronoUnit.MINUTES)
                                                .toString());
                                return super.shown(floored, evidence);
                            }
                        }),
                new Broken("A53", "events that are dated an hour ahead", (base, clock) -> new AcmeAdapter(base, clock) {
                    @Override
                    ChangeEvent event(Map<String, String> values) {
                        Map<String, String> ahead = new LinkedHashMap<>(values);
                        ahead.computeIfPresent(
                                "at",
                                (name, time) ->
                                        Instant.parse(time).plusSeconds(3600).toString());
                        return super.event(ahead);
                    }
                }));
    }

    private static List<Broken> telling() {
        return List.of(
                new Broken("A60", "edits of names that are not told", (base, clock) -> new AcmeAdapter(base, clock) {
                    @Override
                    ChangeEvent event(Map<String, String> values) {
                        Map<String, String> silent = new LinkedHashMap<>(values);
                        silent.remove("p.name");
                        return super.event(silent);
                    }

                    @Override
                    TypeDeclaration contacts() {
                        return super.contacts().without(Operation.LIST_CHANGES);
                    }
                }),
                new Broken(
                        "A61",
                        "what an event does not mention is empty",
                        (base, clock) -> new AcmeAdapter(base, clock) {
                            @Override
                            ChangeEvent event(Map<String, String> values) {
                                Map<String, String> all = new LinkedHashMap<>(values);
                                AcmeVendor.PROPERTIES.forEach(property -> all.putIfAbsent("p." + property, ""));
                                return super.event(all);
                            }
                        }),
                new Broken("A62", "own writes that bear no mark", (base, clock) -> new AcmeAdapter(base, clock) {
                    @Override
                    ChangeEvent event(Map<String, String> values) {
                        return super.event(values).withOrigin(Origin.UNKNOWN);
                    }
                }),
                new Broken("A63", "all writes that are marked as ours", (base, clock) -> new AcmeAdapter(base, clock) {
                    @Override
                    ChangeEvent event(Map<String, String> values) {
                        return super.event(values).withOrigin(Origin.OURS);
                    }
                }),
                new Broken(
                        "A64",
                        "deletions that are told and not declared",
                        (base, clock) -> new AcmeAdapter(base, clock) {
                            @Override
                            TypeDeclaration contacts() {
                                return declared(AsOfGrade.PROPERTY, true, new CreateLookup.UniqueUpsert(), false);
                            }
                        }),
                new Broken("A65", "merges that are told as deletions", (base, clock) -> new AcmeAdapter(base, clock) {
                    @Override
                    ChangeEvent event(Map<String, String> values) {
                        Map<String, String> plain = new LinkedHashMap<>(values);
                        if (plain.remove("into") != null) {
                            plain.put("type", "deleted");
                        }
                        return super.event(plain);
                    }

                    @Override
                    ChangeEvent change(Map<String, String> row) {
                        Map<String, String> plain = new LinkedHashMap<>(row);
                        plain.remove("into");
                        return super.change(plain);
                    }
                }));
    }

    private static List<Broken> walking() {
        return List.of(
                new Broken(
                        "A70",
                        "a walk that leaves out the last of a page",
                        (base, clock) -> new AcmeAdapter(base, clock) {
                            @Override
                            public Page list(String type, @Nullable String cursor) {
                                Page page = super.list(type, cursor);
                                int size = page.events().size();
                                return new Page(page.events().subList(0, Math.max(0, size - 1)), page.next(), true);
                            }
                        }),
                new Broken("A71", "a cursor that only its maker knows", (base, clock) -> new AcmeAdapter(base, clock) {
                    private final Set<String> made = new HashSet<>();

                    @Override
                    public Page list(String type, @Nullable String cursor) {
                        if (cursor != null && cursor.startsWith("c") && !made.contains(cursor)) {
                            return new Page(List.of(), null, true);
                        }
                        Page page = super.list(type, cursor);
                        made.add(String.valueOf(page.next()));
                        return page;
                    }
                }),
                new Broken(
                        "A72",
                        "a bad cursor that begins anew by itself",
                        (base, clock) -> new AcmeAdapter(base, clock) {
                            @Override
                            public Page list(String type, @Nullable String cursor) {
                                return super.list(type, cursor != null && cursor.matches("c\\d+") ? cursor : null);
                            }
                        }),
                new Broken("A73", "a fingerprint with the time in it", (base, clock) -> new AcmeAdapter(base, clock) {
                    @Override
                    public String scopeFingerprint(String type) {
                        return super.scopeFingerprint(type) + clock.instant();
                    }
                }),
                new Broken("A74", "a cursor that goes to the present", (base, clock) -> new AcmeAdapter(base, clock) {
                    @Override
                    public String cursorAt(String type, Instant time) {
                        return super.cursorAt(type, clock.instant().plusSeconds(1));
                    }
                }),
                new Broken(
                        "A75",
                        "a cursor by the number of rows that were seen",
                        (base, clock) -> new AcmeAdapter(base, clock) {
                            private final Set<RecordRef> seen = new HashSet<>();

                            @Override
                            public Page changes(String type, String cursor) {
                                Page page = super.changes(type, cursor);
                                List<ChangeEvent> fresh = page.events().stream()
                                        .filter(event -> seen.size() % 7 != 6 || seen.add(event.ref()))
                                        .filter(event -> seen.add(event.ref()) && seen.size() % 7 != 0)
                                        .toList();
                                return new Page(fresh.isEmpty() ? page.events() : fresh, page.next(), true);
                            }
                        }),
                new Broken("A76", "a poll that shows each record once", (base, clock) -> new AcmeAdapter(base, clock) {
                    @Override
                    public Page changes(String type, String cursor) {
                        Page page = super.changes(type, cursor);
                        return new Page(
                                page.events().stream()
                                        .filter(event -> SHOWN.add(
                                                event.ref() + " " + event.asOf().from()))
                                        .toList(),
                                page.next(),
                                true);
                    }
                }));
    }

    /** What {@code A76}'s adapter remembers past its own life. */
    private static final Set<String> SHOWN = ConcurrentHashMap.newKeySet();

    private static List<Broken> signing() {
        AtomicInteger calls = new AtomicInteger();
        return List.of(
                new Broken("A80", "every other webhook that is refused", (base, clock) -> new AcmeAdapter(base, clock) {
                    @Override
                    public Receipt receive(WebhookRequest request) {
                        return calls.incrementAndGet() % 2 == 0 ? new Receipt.BadSignature() : super.receive(request);
                    }
                }),
                new Broken(
                        "A81",
                        "a signature that is not looked at where there is none",
                        (base, clock) -> new AcmeAdapter(base, clock) {
                            @Override
                            public Receipt receive(WebhookRequest request) {
                                return request.header(AcmePost.HEADER).isPresent()
                                        ? super.receive(request)
                                        : super.receive(AcmePost.signed(
                                                request.body().toUtf8(), clock.instant(), AcmePost.SECRET));
                            }
                        }),
                new Broken(
                        "A82", "a signature over a body without blanks", (base, clock) -> new AcmeAdapter(base, clock) {
                            @Override
                            public Receipt receive(WebhookRequest request) {
                                return super.receive(new WebhookRequest(
                                        request.method(),
                                        request.uri(),
                                        request.headers(),
                                        Bytes.utf8(request.body().toUtf8().strip())));
                            }
                        }),
                new Broken(
                        "A83",
                        "old webhooks that are taken",
                        (base, clock) -> new AcmeAdapter(base, () -> Instant.EPOCH)),
                new Broken(
                        "A84",
                        "a body that is taken apart before it is checked",
                        (base, clock) -> new AcmeAdapter(base, clock) {
                            @Override
                            public Receipt receive(WebhookRequest request) {
                                Instant.parse(Form.read(request.body().toUtf8()).getOrDefault("at", "never"));
                                return super.receive(request);
                            }
                        }),
                new Broken("A85", "a key that counts deliveries", (base, clock) -> new AcmeAdapter(base, clock) {
                    private int number;

                    @Override
                    public Receipt receive(WebhookRequest request) {
                        return keyed(super.receive(request), one -> one.dedupeKey() + "-" + number++);
                    }
                }),
                new Broken("A86", "a key that is the record's", (base, clock) -> new AcmeAdapter(base, clock) {
                    @Override
                    public Receipt receive(WebhookRequest request) {
                        return keyed(
                                super.receive(request), one -> one.event().ref().id());
                    }
                }),
                new Broken(
                        "A87",
                        "events that are dropped when a later one came",
                        (base, clock) -> new AcmeAdapter(base, clock) {
                            private Instant latest = Instant.EPOCH;

                            @Override
                            public Receipt receive(WebhookRequest request) {
                                Receipt receipt = super.receive(request);
                                if (receipt instanceof Receipt.Accepted accepted
                                        && !accepted.events().isEmpty()) {
                                    Instant at = accepted.events()
                                            .get(0)
                                            .event()
                                            .asOf()
                                            .from();
                                    if (at.isBefore(latest)) {
                                        return new Receipt.Accepted(List.of());
                                    }
                                    latest = at;
                                }
                                return receipt;
                            }
                        }));
    }

    private static Receipt keyed(Receipt receipt, Function<Receipt.Keyed, String> key) {
        return receipt instanceof Receipt.Accepted accepted
                ? new Receipt.Accepted(accepted.events().stream()
                        .map(one -> new Receipt.Keyed(key.apply(one), one.event()))
                        .toList())
                : receipt;
    }

    /** Faults of reads told otherwise. */
    private static Broken faults(String rule, String mistake, Function<SyncException, @Nullable SyncException> other) {
        return new Broken(rule, mistake, (base, clock) -> new AcmeAdapter(base, clock) {
            @Override
            public Read read(RecordRef ref) {
                try {
                    return super.read(ref);
                } catch (SyncException fault) {
                    SyncException told = other.apply(fault);
                    if (told == null) {
                        return new Read.NotVisible();
                    }
                    throw told;
                }
            }
        });
    }

    private static List<Broken> troubled() {
        return List.of(
                faults(
                        "A90",
                        "a delay that is made up",
                        fault -> fault.kind() == Kind.RATE_LIMITED
                                ? fault.withRetryAfter(fault.retryAfter().orElse(Duration.ofSeconds(10)))
                                : fault),
                faults(
                        "A91",
                        "a delay in milliseconds",
                        fault -> fault.retryAfter()
                                .map(delay -> fault.withRetryAfter(Duration.ofMillis(delay.toSeconds())))
                                .orElse(fault)),
                faults(
                        "A92",
                        "an error of the server that is taken for a refusal",
                        fault -> String.valueOf(fault.getMessage()).contains("503")
                                ? SyncException.of(Kind.PERMANENT, "refused")
                                : fault),
                faults(
                        "A93",
                        "a broken connection that hides a record",
                        fault -> String.valueOf(fault.getMessage()).contains("answered 0") ? null : fault),
                faults(
                        "A94",
                        "a gateway's page that hides a record",
                        fault -> String.valueOf(fault.getMessage()).contains("answered 200") ? null : fault),
                new Broken(
                        "A95", "a lost answer that counts as put off", (base, clock) -> new AcmeAdapter(base, clock) {
                            @Override
                            public Outcome write(Write write) {
                                Outcome outcome = super.write(write);
                                return outcome instanceof Outcome.Unknown unknown
                                                && unknown.reason().endsWith(" 0")
                                        ? new Outcome.Deferred(null, null, "nothing came back")
                                        : outcome;
                            }
                        }),
                faults(
                        "A96",
                        "credentials that are tried again",
                        fault -> fault.kind() == Kind.AUTH ? SyncException.of(Kind.TRANSIENT, "not now") : fault),
                new Broken("A97", "reads that are tried again", (base, clock) -> new AcmeAdapter(base, clock) {
                    @Override
                    public Read read(RecordRef ref) {
                        try {
                            return super.read(ref);
                        } catch (SyncException fault) {
                            return super.read(ref);
                        }
                    }
                }),
                new Broken(
                        "A98", "a listing that is empty when it fails", (base, clock) -> new AcmeAdapter(base, clock) {
                            @Override
                            List<Map<String, String>> page(String path) {
                                try {
                                    return super.page(path);
                                } catch (SyncException fault) {
                                    if (fault.kind() == Kind.TRANSIENT) {
                                        return List.of();
                                    }
                                    throw fault;
                                }
                            }
                        }));
    }

    private static List<Broken> unsafe() {
        return List.of(
                new Broken(
                        "A100",
                        "the record that is read is kept in a field",
                        (base, clock) -> new AcmeAdapter(base, clock) {
                            private volatile @Nullable RecordRef current;

                            @Override
                            public Read read(RecordRef ref) {
                                current = ref;
                                super.read(ref);
                                RecordRef now = current;
                                return super.read(now == null ? ref : now);
                            }
                        }),
                new Broken("A101", "an interrupt that is swallowed", (base, clock) -> new AcmeAdapter(base, clock) {
                    @Override
                    public Outcome write(Write write) {
                        Outcome outcome = super.write(write);
                        Thread.interrupted();
                        return outcome;
                    }
                }),
                new Broken(
                        "A102", "a read that waits on another thread", (base, clock) -> new AcmeAdapter(base, clock) {
                            @Override
                            public Read read(RecordRef ref) {
                                try {
                                    return super.read(ref);
                                } catch (SyncException fault) {
                                    if (Thread.interrupted()) {
                                        return new Read.NotVisible();
                                    }
                                    throw fault;
                                }
                            }
                        }),
                faults(
                        "A103",
                        "a message with the token",
                        fault -> SyncException.of(fault.kind(), "refused: Bearer " + AcmeVendor.TOKEN)),
                new Broken("A104", "one close for all instances", (base, clock) -> new AcmeAdapter(base, clock) {
                    @Override
                    public Read read(RecordRef ref) {
                        if (CLOSED.contains(base)) {
                            throw SyncException.of(Kind.PERMANENT, "closed");
                        }
                        return super.read(ref);
                    }

                    @Override
                    public void close() {
                        CLOSED.add(base);
                    }
                }));
    }

    /** What {@code A104}'s adapters share. */
    private static final Set<URI> CLOSED = ConcurrentHashMap.newKeySet();
}
