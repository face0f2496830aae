package dev.crmsync.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.policy.FieldRule;
import dev.crmsync.policy.NonOwnerEdit;
import dev.crmsync.policy.OnJoin;
import dev.crmsync.policy.Skew;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Field rules in policy documents: {@code "rule"} names the rule, its other members are the rule's own. */
final class FieldRuleJson {
    private static final List<String> RULES = List.of(
            "owned",
            "setMerge",
            "appendOnly",
            "lastWriter",
            "preferred",
            "fillIfEmpty",
            "createOnly",
            "readOnly",
            "manual",
            "resolved");

    private FieldRuleJson() {}

    static ObjectNode write(FieldRule rule) {
        ObjectNode node = Json.object();
        if (rule instanceof FieldRule.Owned owned) {
            node.put("rule", "owned").put("owner", owned.owner());
            put(node, "seeds", owned.seeds());
            node.put("otherEdits", Place.word(owned.otherEdits())).put("onJoin", Place.word(owned.onJoin()));
        } else if (rule instanceof FieldRule.SetMerge merge) {
            node.put("rule", "setMerge");
            if (!merge.owners().isEmpty()) {
                ObjectNode owners = node.putObject("owners");
                merge.owners().forEach(owners::put);
            }
            if (merge.othersOwnedBy() != null) {
                node.put("othersOwnedBy", merge.othersOwnedBy());
            }
            node.put("otherEdits", Place.word(merge.otherEdits()));
        } else if (rule instanceof FieldRule.AppendOnly) {
            node.put("rule", "appendOnly");
        } else if (rule instanceof FieldRule.LastWriter writer) {
            node.put("rule", "lastWriter");
            skew(node, writer.skew());
            put(node, "ties", writer.ties());
            node.put("onJoin", Place.word(writer.onJoin()));
            blanks(node, writer.blanksTravel());
        } else if (rule instanceof FieldRule.Preferred preferred) {
            node.put("rule", "preferred");
            put(node, "order", preferred.order());
            node.put("otherEdits", Place.word(preferred.otherEdits()));
            blanks(node, preferred.blanksTravel());
        } else if (rule instanceof FieldRule.FillIfEmpty) {
            node.put("rule", "fillIfEmpty");
        } else if (rule instanceof FieldRule.CreateOnly) {
            node.put("rule", "createOnly");
        } else if (rule instanceof FieldRule.ReadOnly source) {
            node.put("rule", "readOnly").put("source", source.source());
        } else if (rule instanceof FieldRule.Manual) {
            node.put("rule", "manual");
        } else if (rule instanceof FieldRule.Resolved resolved) {
            node.put("rule", "resolved").put("resolver", resolved.resolver()).put("version", resolved.version());
            blanks(node, resolved.blanksTravel());
        } else {
            throw new IllegalStateException("a rule that has no words: " + rule);
        }
        return node;
    }

    private static void put(ObjectNode node, String name, Collection<String> systems) {
        if (!systems.isEmpty()) {
            ArrayNode list = node.putArray(name);
            systems.forEach(list::add);
        }
    }

    private static void blanks(ObjectNode node, boolean travel) {
        if (travel) {
            node.put("blanksTravel", true);
        }
    }

    static void skew(ObjectNode node, Skew skew) {
        if (skew.common() != null) {
            node.put("skew", skew.common().toString());
        }
        if (!skew.pairs().isEmpty()) {
            ArrayNode pairs = node.putArray("skews");
            skew.pairs().forEach((pair, most) -> {
                ObjectNode one = pairs.addObject();
                one.putArray("between").add(pair.one()).add(pair.other());
                one.put("skew", most.toString());
            });
        }
    }

    /** Reads a rule; {@code beside} are the members that belong to the field and not to the rule. */
    static FieldRule read(Place place, String... beside) {
        Place named = place.needed("rule");
        String rule = named.text();
        return switch (rule) {
            case "owned" -> {
                only(place, beside, "owner", "seeds", "otherEdits", "onJoin");
                yield place.building(() -> new FieldRule.Owned(
                        place.text("owner"),
                        distinct(place, "seeds"),
                        otherEdits(place),
                        place.constant("onJoin", OnJoin.class, OnJoin.OWNER)));
            }
            case "setMerge" -> {
                only(place, beside, "owners", "othersOwnedBy", "otherEdits");
                yield place.building(() -> new FieldRule.SetMerge(
                        place.textsByName("owners"), place.textOrNull("othersOwnedBy"), otherEdits(place)));
            }
            case "appendOnly" -> alone(place, beside, new FieldRule.AppendOnly());
            case "lastWriter" -> {
                only(place, beside, "skew", "skews", "ties", "onJoin", "blanksTravel");
                yield place.building(() -> new FieldRule.LastWriter(
                        skew(place),
                        place.texts("ties"),
                        place.constant("onJoin", OnJoin.class, OnJoin.REVIEW),
                        place.flag("blanksTravel")));
            }
            case "preferred" -> {
                only(place, beside, "order", "otherEdits", "blanksTravel");
                yield place.building(() ->
                        new FieldRule.Preferred(place.texts("order"), otherEdits(place), place.flag("blanksTravel")));
            }
            case "fillIfEmpty" -> alone(place, beside, new FieldRule.FillIfEmpty());
            case "createOnly" -> alone(place, beside, new FieldRule.CreateOnly());
            case "readOnly" -> {
                only(place, beside, "source");
                yield new FieldRule.ReadOnly(place.text("source"));
            }
            case "manual" -> alone(place, beside, new FieldRule.Manual());
            case "resolved" -> {
                only(place, beside, "resolver", "version", "blanksTravel");
                yield place.building(() -> new FieldRule.Resolved(
                        place.text("resolver"), place.whole("version"), place.flag("blanksTravel")));
            }
            default -> throw named.wrong("is '" + rule + "' and should be one of " + RULES);
        };
    }

    private static FieldRule alone(Place place, String[] beside, FieldRule rule) {
        only(place, beside);
        return rule;
    }

    private static void only(Place place, String[] beside, String... own) {
        Set<String> all = new TreeSet<>(List.of(beside));
        all.addAll(List.of(own));
        all.add("rule");
        place.only(all.toArray(String[]::new));
    }

    private static NonOwnerEdit otherEdits(Place place) {
        return place.constant("otherEdits", NonOwnerEdit.class, NonOwnerEdit.REVERT);
    }

    private static Set<String> distinct(Place place, String name) {
        List<String> listed = place.texts(name);
        Set<String> distinct = new TreeSet<>(listed);
        if (distinct.size() < listed.size()) {
            throw place.needed(name).wrong("names a system twice; name each once");
        }
        return distinct;
    }

    static Skew skew(Place place) {
        Place common = place.member("skew");
        Skew skew = common == null ? Skew.undeclared() : common.building(() -> Skew.within(common.time()));
        Place pairs = place.member("skews");
        for (Place pair : pairs == null ? List.<Place>of() : pairs.items()) {
            List<String> between = pair.only("between", "skew").texts("between");
            if (between.size() != 2) {
                throw pair.needed("between").wrong("should name two systems, and names " + between.size());
            }
            Skew before = skew;
            skew = pair.building(() -> before.between(
                    between.get(0), between.get(1), pair.needed("skew").time()));
        }
        return skew;
    }
}
