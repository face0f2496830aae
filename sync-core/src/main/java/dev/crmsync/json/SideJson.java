package dev.crmsync.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.planning.InFlight;
import dev.crmsync.planning.Life;
import dev.crmsync.planning.Parting;
import dev.crmsync.planning.Presence;
import dev.crmsync.planning.Reason;
import dev.crmsync.planning.Replaced;
import dev.crmsync.planning.Rounds;
import dev.crmsync.planning.Seen;
import dev.crmsync.planning.Sent;
import dev.crmsync.planning.Side;
import dev.crmsync.planning.Stance;
import dev.crmsync.planning.Standing;
import dev.crmsync.planning.WantedRead;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.NativeValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One side of a link as JSON: what a side in step does not have is left out, and slots of one as-of share it. */
final class SideJson {
    private static final String PRESENCE = "p";
    private static final String RECORD = "r";
    private static final String SECONDARIES = "n";
    private static final String SEEN = "s";
    private static final String REFERENCES = "l";
    private static final String SENT = "e";
    private static final String STANDINGS = "y";
    private static final String HELD = "h";
    private static final String IN_FLIGHT = "f";
    private static final String WANTED = "w";
    private static final String LAST = "i";
    private static final String LIFE = "o";
    private static final String REPLACED = "b";
    private static final Set<String> KEYS = Set.of(
            PRESENCE,
            RECORD,
            SECONDARIES,
            SEEN,
            REFERENCES,
            SENT,
            STANDINGS,
            HELD,
            IN_FLIGHT,
            WANTED,
            LAST,
            LIFE,
            REPLACED);

    private final Texts names;
    private final ValueJson values;

    SideJson(Texts names, Texts texts) {
        this.names = names;
        this.values = new ValueJson(texts);
    }

    ObjectNode write(Side side) {
        ObjectNode node = Json.object();
        if (side.presence() != Presence.PRESENT) {
            node.put(PRESENCE, side.presence().name());
        }
        if (side.record() != null) {
            node.put(RECORD, side.record());
        }
        if (!side.secondaries().isEmpty()) {
            ArrayNode ids = node.putArray(SECONDARIES);
            side.secondaries().forEach(ids::add);
        }
        writeSeen(node, side.seen());
        writeSent(node, side.sent());
        writeStandings(node, side.standings());
        if (side.held() != null) {
            node.put(HELD, side.held().name());
        }
        if (side.inFlight() != null) {
            node.set(IN_FLIGHT, write(side.inFlight()));
        }
        WantedRead wanted = side.wanted();
        if (wanted != null) {
            node.putArray(WANTED).add(wanted.reason().name()).add(wanted.seq()).add(wanted.raced());
        }
        if (side.lastInput() > 0 || side.lastRead() > 0 || side.readAt() != null) {
            node.putArray(LAST)
                    .add(side.lastInput())
                    .add(side.lastRead())
                    .add(side.readAt() == null ? Json.nothing() : Json.time(side.readAt()));
        }
        if (!side.life().equals(Life.UNKNOWN)) {
            node.set(LIFE, write(side.life()));
        }
        writeReplaced(node, side.replaced());
        return node;
    }

    private static ArrayNode write(Life life) {
        ArrayNode node = Json.array()
                .add(life.edited())
                .add(life.editedBy() == null ? Json.nothing() : Json.time(life.editedBy()))
                .add(life.alive());
        Parting parting = life.parting();
        if (parting != null) {
            node.add(parting.system())
                    .add(parting.seq())
                    .add(parting.stage().name())
                    .add(Json.time(parting.notBefore()));
        } else if (life.back() != null) {
            node.add(Json.nothing()).add(Json.nothing()).add(Json.nothing()).add(Json.nothing());
        }
        return life.back() == null ? node : node.add(Json.time(life.back()));
    }

    private static Life readLife(JsonNode node) {
        if (node.isMissingNode()) {
            return Life.UNKNOWN;
        }
        Parting parting = !node.path(3).isTextual()
                ? null
                : new Parting(
                        node.path(3).asText(),
                        node.path(4).longValue(),
                        Json.constant(Parting.Stage.class, node.path(5).asText()),
                        node.has(6) ? Json.time(node.path(6)) : Instant.EPOCH);
        return new Life(
                node.path(0).longValue(),
                timeOrNull(node.path(1)),
                node.path(2).longValue(),
                parting,
                timeOrNull(node.path(7)));
    }

    Side read(JsonNode node) {
        Json.onlyKeys(node, KEYS, "a link's side");
        JsonNode last = node.path(LAST);
        JsonNode wanted = node.path(WANTED);
        return new Side(
                node.has(PRESENCE)
                        ? Json.constant(Presence.class, node.path(PRESENCE).asText())
                        : Presence.PRESENT,
                Json.textOrNull(node.path(RECORD)),
                secondaries(node.path(SECONDARIES)),
                readSeen(node.path(SEEN), node.path(REFERENCES)),
                readSent(node.path(SENT)),
                readStandings(node.path(STANDINGS)),
                node.has(HELD) ? reason(node.path(HELD)) : null,
                node.has(IN_FLIGHT) ? readInFlight(node.path(IN_FLIGHT)) : null,
                wanted.isArray()
                        ? new WantedRead(
                                reason(wanted.path(0)),
                                wanted.path(1).longValue(),
                                wanted.path(2).intValue())
                        : null,
                last.path(0).asLong(),
                last.path(1).asLong(),
                timeOrNull(last.path(2)),
                readLife(node.path(LIFE)),
                readReplaced(node.path(REPLACED)));
    }

    private static SortedSet<String> secondaries(JsonNode node) {
        TreeSet<String> ids = new TreeSet<>();
        node.forEach(id -> ids.add(id.asText()));
        return ids;
    }

    private void writeSeen(ObjectNode node, Map<String, Seen> seen) {
        Map<AsOf, ArrayNode> groups = new LinkedHashMap<>();
        ObjectNode references = Json.object();
        seen.forEach((slot, value) -> {
            ArrayNode group = groups.computeIfAbsent(value.asOf(), asOf -> {
                ArrayNode fresh = Json.array();
                Json.asOf(fresh, asOf);
                return fresh;
            });
            group.add(names.write(slot)).add(values.write(value.raw()));
            if (!value.links().isEmpty()) {
                references.set(slot, links(value));
            }
        });
        if (!groups.isEmpty()) {
            ArrayNode all = node.putArray(SEEN);
            groups.values().forEach(all::add);
        }
        if (!references.isEmpty()) {
            node.set(REFERENCES, references);
        }
    }

    private SortedMap<String, Seen> readSeen(JsonNode groups, JsonNode references) {
        TreeMap<String, Seen> seen = new TreeMap<>();
        for (JsonNode group : groups) {
            AsOf asOf = Json.asOf(group.path(0), group.path(1));
            for (int i = 2; i + 1 < group.size(); i += 2) {
                String slot = names.read(group.get(i));
                NativeValue raw = values.readNative(group.get(i + 1));
                seen.put(slot, new Seen(raw, asOf, links(raw, references.path(slot))));
            }
        }
        return seen;
    }

    /** One reference is the id of its link; of several, each is named by the record's own id. */
    private static JsonNode links(Seen value) {
        if (value.raw() instanceof NativeValue.Text) {
            return Json.text(value.links().values().iterator().next());
        }
        ObjectNode all = Json.object();
        new TreeMap<>(value.links()).forEach(all::put);
        return all;
    }

    private static Map<String, String> links(NativeValue raw, JsonNode node) {
        Map<String, String> links = new TreeMap<>();
        if (node.isTextual() && raw instanceof NativeValue.Text id) {
            links.put(id.text(), node.textValue());
        }
        for (Map.Entry<String, JsonNode> link : node.properties()) {
            links.put(link.getKey(), link.getValue().asText());
        }
        return links;
    }

    private void writeSent(ObjectNode node, Map<String, List<Sent>> sent) {
        if (sent.isEmpty()) {
            return;
        }
        ArrayNode all = node.putArray(SENT);
        sent.forEach((slot, entries) -> {
            ArrayNode one = all.addArray().add(names.write(slot));
            for (Sent entry : entries) {
                ArrayNode written = one.addArray().add(Json.time(entry.at())).add(values.write(entry.raw()));
                if (entry.shown() != null) {
                    written.add(values.write(entry.shown()));
                }
            }
        });
    }

    private SortedMap<String, List<Sent>> readSent(JsonNode all) {
        TreeMap<String, List<Sent>> sent = new TreeMap<>();
        for (JsonNode one : all) {
            List<Sent> entries = new ArrayList<>();
            for (int i = 1; i < one.size(); i++) {
                JsonNode entry = one.get(i);
                entries.add(new Sent(
                        values.readNative(entry.path(1)),
                        entry.size() > 2 ? values.readNative(entry.get(2)) : null,
                        Json.time(entry.path(0))));
            }
            sent.put(names.read(one.path(0)), List.copyOf(entries));
        }
        return sent;
    }

    private void writeReplaced(ObjectNode node, Map<String, Replaced> replaced) {
        if (replaced.isEmpty()) {
            return;
        }
        ArrayNode all = node.putArray(REPLACED);
        replaced.forEach((bag, whole) -> {
            ArrayNode one = all.addArray().add(names.write(bag));
            ArrayNode told = one.addArray();
            if (whole.asOf() != null) {
                Json.asOf(told, whole.asOf());
            }
            whole.carried().forEach((slot, raw) -> one.add(names.write(slot)).add(values.write(raw)));
        });
    }

    private SortedMap<String, Replaced> readReplaced(JsonNode all) {
        TreeMap<String, Replaced> replaced = new TreeMap<>();
        for (JsonNode one : all) {
            JsonNode told = one.path(1);
            TreeMap<String, NativeValue> carried = new TreeMap<>();
            for (int i = 2; i + 1 < one.size(); i += 2) {
                carried.put(names.read(one.get(i)), values.readNative(one.get(i + 1)));
            }
            AsOf asOf = told.isEmpty() ? null : Json.asOf(told.path(0), told.path(1));
            replaced.put(names.read(one.path(0)), new Replaced(asOf, carried));
        }
        return replaced;
    }

    private void writeStandings(ObjectNode node, Map<String, Standing> standings) {
        if (standings.isEmpty()) {
            return;
        }
        ArrayNode all = node.putArray(STANDINGS);
        standings.forEach((field, standing) -> {
            ArrayNode one = all.addArray()
                    .add(names.write(field))
                    .add(standing.stance().name())
                    .add(standing.reason().name())
                    .add(standing.seq());
            Rounds rounds = standing.rounds();
            if (standing.reverts() != 0 || standing.since() != null || rounds != null) {
                one.add(standing.reverts());
                one.add(standing.since() == null ? Json.nothing() : Json.time(standing.since()));
            }
            if (rounds != null) {
                one.add(rounds.turn()).add(rounds.count()).add(Json.time(rounds.since()));
            }
        });
    }

    private SortedMap<String, Standing> readStandings(JsonNode all) {
        TreeMap<String, Standing> standings = new TreeMap<>();
        for (JsonNode one : all) {
            standings.put(
                    names.read(one.path(0)),
                    new Standing(
                            Json.constant(Stance.class, one.path(1).asText()),
                            reason(one.path(2)),
                            one.path(3).longValue(),
                            one.path(4).asInt(),
                            timeOrNull(one.path(5)),
                            readRounds(one)));
        }
        return standings;
    }

    private static @Nullable Rounds readRounds(JsonNode standing) {
        Instant since = timeOrNull(standing.path(8));
        return since == null
                ? null
                : new Rounds(standing.path(6).intValue(), standing.path(7).intValue(), since);
    }

    private ArrayNode write(InFlight flight) {
        ArrayNode slots = Json.array();
        flight.slots().forEach((slot, raw) -> slots.add(names.write(slot)).add(values.write(raw)));
        ArrayNode node = Json.array()
                .add(flight.seq())
                .add(Json.time(flight.at()))
                .add(flight.create())
                .add(slots)
                .add(flight.idempotencyKey())
                .add(flight.unknown())
                .add(flight.absences())
                .add(flight.joinKey());
        return flight.archive() ? node.add(true) : node;
    }

    private InFlight readInFlight(JsonNode node) {
        TreeMap<String, NativeValue> slots = new TreeMap<>();
        JsonNode pairs = node.path(3);
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            slots.put(names.read(pairs.get(i)), values.readNative(pairs.get(i + 1)));
        }
        return new InFlight(
                node.path(0).longValue(),
                Json.time(node.path(1)),
                node.path(2).booleanValue(),
                slots,
                Json.textOrNull(node.path(7)),
                Json.textOrNull(node.path(4)),
                node.path(5).booleanValue(),
                node.path(6).intValue(),
                node.path(8).asBoolean());
    }

    private static Reason reason(JsonNode node) {
        return Json.constant(Reason.class, node.asText());
    }

    private static @Nullable Instant timeOrNull(JsonNode node) {
        return node.isNull() || node.isMissingNode() ? null : Json.time(node);
    }
}
