package dev.crmsync.testkit.acme;

import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.mapping.Rendering;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.Origin;
import dev.crmsync.testkit.acme.BrokenAdapters.Broken;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What an adapter declares, with one mistake each. */
final class BrokenDeclarations {
    private BrokenDeclarations() {}

    static List<Broken> all() {
        List<Broken> all = new ArrayList<>();
        all.addAll(creatingAndRendering());
        all.addAll(dating());
        all.addAll(telling());
        return all;
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
}
