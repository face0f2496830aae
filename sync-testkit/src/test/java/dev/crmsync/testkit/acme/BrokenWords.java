package dev.crmsync.testkit.acme;

import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.testkit.acme.BrokenAdapters.Broken;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What an adapter says of itself, reads and writes, with one mistake each. */
final class BrokenWords {
    private BrokenWords() {}

    static List<Broken> all() {
        List<Broken> all = new ArrayList<>();
        all.addAll(declaring());
        all.addAll(reading());
        all.addAll(writing());
        return all;
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
                }),
                new Broken("A26", "a record that only people were to make", true, AcmeAdapter::new),
                new Broken(
                        "A26",
                        "a create that is put off for ever",
                        true,
                        (base, clock) -> new AcmeAdapter(base, clock) {
                            @Override
                            public Outcome write(Write write) {
                                return write.creates()
                                        ? new Outcome.Deferred(null, null, "nobody makes such records")
                                        : super.write(write);
                            }
                        }));
    }
}
