package dev.crmsync.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.planning.Rules;
import dev.crmsync.policy.FieldRule;
import dev.crmsync.policy.Leaving;
import dev.crmsync.policy.NonOwnerEdit;
import dev.crmsync.policy.OnJoin;
import dev.crmsync.policy.OnRendering;
import dev.crmsync.policy.OnTaken;
import dev.crmsync.policy.Policies;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.policy.Skew;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.field.RecordType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicyCodecTest {
    private final PolicyCodec codec = new PolicyCodec();

    /** Every rule, with and without all that it may say. */
    private static final List<FieldRule> RULES = List.of(
            new FieldRule.Owned("a", Set.of(), NonOwnerEdit.REVERT, OnJoin.OWNER),
            new FieldRule.Owned("a", Set.of("b", "c"), NonOwnerEdit.KEEP, OnJoin.FILL_EMPTY),
            new FieldRule.Owned("a", Set.of(), NonOwnerEdit.REVIEW, OnJoin.REVIEW),
            new FieldRule.AppendOnly(),
            new FieldRule.LastWriter(Skew.undeclared(), List.of(), OnJoin.REVIEW, false),
            new FieldRule.LastWriter(
                    Skew.within(Duration.ofMinutes(5)).between("b", "a", Duration.ofMillis(1500)),
                    List.of("b", "a"),
                    OnJoin.KEEP,
                    true),
            new FieldRule.LastWriter(
                    Skew.undeclared().between("b", "a", Duration.ZERO), List.of("a"), OnJoin.FILL_EMPTY, false),
            new FieldRule.Preferred(List.of("b", "a"), NonOwnerEdit.REVERT, false),
            new FieldRule.Preferred(List.of("a"), NonOwnerEdit.KEEP, true),
            new FieldRule.FillIfEmpty(),
            new FieldRule.CreateOnly(),
            new FieldRule.ReadOnly("a"),
            new FieldRule.Manual(),
            new FieldRule.Resolved("longest", 3, false),
            new FieldRule.Resolved("longest", 3, true));

    private static final List<FieldRule> SETS = List.of(
            new FieldRule.SetMerge(Map.of(), null, NonOwnerEdit.REVERT),
            new FieldRule.SetMerge(Map.of("vip", "a", "new", "b"), "c", NonOwnerEdit.KEEP));

    @Test
    void every_rule_is_among_those_that_are_tried() {
        List<Class<?>> tried = new ArrayList<>();
        RULES.forEach(rule -> tried.add(rule.getClass()));
        SETS.forEach(rule -> tried.add(rule.getClass()));
        assertThat(tried).contains(FieldRule.class.getPermittedSubclasses());
    }

    @Test
    void what_is_written_reads_back_equal() {
        for (FieldRule rule : RULES) {
            same(Policy.named("one").type(RecordType.CONTACT, contact -> contact.rule(Contact.NAME, rule)));
        }
        for (OnRendering answer : OnRendering.values()) {
            same(Policy.named("one")
                    .type(
                            RecordType.CONTACT,
                            contact -> contact.owned(Contact.NAME, "a").onRendering(Contact.NAME, answer)));
        }
        for (OnTaken answer : OnTaken.values()) {
            same(Policy.named("one")
                    .type(
                            RecordType.CONTACT,
                            contact -> contact.owned(Contact.EMAIL, "a").onTaken(Contact.EMAIL, answer)));
        }
        for (FieldRule rule : SETS) {
            same(Policy.named("one").type(RecordType.CONTACT, contact -> contact.rule(Contact.LABELS, rule)));
        }
    }

    @Test
    void what_records_are_matched_by_reads_back_in_its_order_and_is_part_of_the_rules() {
        Policy alone = Policy.named("one").type(RecordType.CONTACT, contact -> contact.owned(Contact.NAME, "a"));
        Policy matched = Policy.named("one")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.owned(Contact.NAME, "a")
                                .matchedBy(Contact.PHONE, Contact.EMAIL)
                                .same(Map.of("a", "1", "b", "x"))
                                .same(Map.of("a", "2", "b", "y", "c", "z")));

        same(matched);
        assertThat(codec.decode(codec.encode(matched))
                        .type("contact")
                        .orElseThrow()
                        .matchedBy())
                .containsExactly("phone", "email");
        assertThat(Rules.of(matched, Map.of(), "ID").hash())
                .isNotEqualTo(Rules.of(alone, Map.of(), "ID").hash());
    }

    @Test
    void the_guides_policy_and_one_with_everything_read_back_equal() {
        same(Policies.guide().kirim("k").kirimOwnsMetadata("tier").primaryCrm("crm"));
        RecordType ticket = new RecordType(
                "ticket",
                List.of(
                        Field.of("subject", FieldType.TEXT),
                        Field.of("extras", FieldType.BAG),
                        Field.reference("contact", "contact"),
                        Field.references("tags", "label")));
        same(Policy.named("all \"of\" it")
                .version(7)
                .type(
                        ticket,
                        type -> type.owned(Field.of("subject", FieldType.TEXT), "b")
                                .manual(Field.of("extras", FieldType.BAG).entry("a.b c")))
                .type(
                        RecordType.CONTACT,
                        contact -> contact.owned(Contact.NAME, "a")
                                .receivedBy(Contact.NAME, "b", "c")
                                .debounced(Contact.NAME, Duration.ofSeconds(20))
                                .owned(Contact.METADATA, "a")
                                .owned(Contact.METADATA.entry("tier"), "b")
                                .records("a", RecordRule.FOLLOW.deletesFollowed())
                                .records("d", RecordRule.CREATE.archiving())
                                .records(
                                        "e",
                                        RecordRule.FOLLOW
                                                .archiving()
                                                .deletesFollowed(Skew.within(Duration.ofSeconds(5))
                                                        .between("a", "e", Duration.ofMinutes(1))))
                                .records("b", RecordRule.CREATE.within(Contact.LABELS, "customer"))
                                .records("f", RecordRule.CREATE.knownAt("b", "a"))
                                .records(
                                        "c",
                                        RecordRule.CREATE
                                                .within(Contact.METADATA.entry("tier"))
                                                .leaving(Leaving.KEEP_FOLLOWING))));
    }

    private void same(Policy policy) {
        String text = codec.encode(policy);
        assertThat(codec.decode(text)).as(text).isEqualTo(policy).hasToString(policy.toString());
        assertThat(codec.encode(codec.decode(text))).isEqualTo(text);
    }

    @Test
    void what_may_be_left_out_is_what_the_builder_takes_for_granted() {
        Policy read = codec.decode("""
                {"format": 1, "policy": "acme", "version": 2, "types": {"contact": {
                  "fields": {
                    "name": {"rule": "owned", "owner": "crm", "seeds": ["kirim"]},
                    "email": {"rule": "lastWriter", "skew": "PT5M"},
                    "labels": {"rule": "setMerge"},
                    "phone": {"rule": "preferred", "order": ["kirim", "crm"]}},
                  "records": {"crm": {"create": true}}}}}
                """);
        assertThat(read)
                .isEqualTo(Policy.named("acme")
                        .version(2)
                        .type(
                                RecordType.CONTACT,
                                contact -> contact.owned(Contact.NAME, "crm", "kirim")
                                        .lastWriter(Contact.EMAIL, Skew.within(Duration.ofMinutes(5)))
                                        .setMerge(Contact.LABELS)
                                        .preferred(Contact.PHONE, "kirim", "crm")
                                        .records("crm", RecordRule.CREATE)));
    }

    @Test
    void the_example_of_the_documentation_is_read() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "policies.md"));
        int begin = page.indexOf("```json") + 7;
        Policy read = codec.decode(page.substring(begin, page.indexOf("```", begin)));
        assertThat(read.version()).isEqualTo(3);
        assertThat(read.field("contact", Contact.METADATA.entry("tier"))
                        .orElseThrow()
                        .rule())
                .isEqualTo(new FieldRule.Resolved("highest-tier", 2, false));
    }

    @Test
    void a_complaint_names_the_place_and_the_remedy() {
        refused("{", "is no JSON", "line 1");
        refused("[]", "the policy", "should be an object");
        refused("{\"policy\": \"p\"}", "format", "write \"format\": 1");
        refused("{\"format\": 2, \"policy\": \"p\"}", "format 2", "reads format 1");
        refused("{\"format\": 1, \"policy\": \"p\", \"policy\": \"q\"}", "a name that stands twice");
        refused("{\"format\": 1, \"policy\": \"p\", \"types\": {}}", "lacks 'version'");
        refused("{\"format\": 1, \"policy\": \"p\", \"version\": 1, \"typs\": {}}", "'typs'", "one of", "types");
        field("{\"rule\": \"owned\", \"owner\": \"a\", \"seed\": []}", "name has 'seed'", "use one of", "seeds");
        field("{\"rule\": \"manual\", \"onJoin\": \"keep\"}", "name has 'onJoin'");
        field("{\"rule\": \"ownd\"}", "name.rule is 'ownd'", "one of", "owned");
        field("{\"rule\": \"owned\"}", "name lacks 'owner'");
        field("{\"rule\": \"owned\", \"owner\": 1}", "name.owner should be a text in quotes");
        field("{\"rule\": \"owned\", \"owner\": \"a\", \"otherEdits\": \"drop\"}", "otherEdits is 'drop'", "revert");
        field("{\"rule\": \"owned\", \"owner\": \"a\", \"seeds\": [\"a\"]}", "needs no seeding");
        field("{\"rule\": \"setMerge\"}", "name is refused", "no set of members");
        field("{\"rule\": \"preferred\"}", "one system at least");
        field("{\"rule\": \"lastWriter\", \"skew\": \"5m\"}", "name.skew is '5m'", "PT5M");
        field("{\"rule\": \"lastWriter\", \"skew\": \"PT-5M\"}", "name.skew is refused", "not negative");
        field(
                "{\"rule\": \"lastWriter\", \"skews\": [{\"between\": [\"a\"], \"skew\": \"PT1M\"}]}",
                "name.skews[0].between should name two systems");
        field("{\"rule\": \"manual\", \"debounce\": \"PT0S\"}", "name.debounce is refused", "above zero");
        field("{\"rule\": \"manual\", \"receivedBy\": []}", "name.receivedBy is refused", "received by nobody");
        field("{\"rule\": \"resolved\", \"resolver\": \"r\", \"version\": \"1\"}", "version should be a whole number");
        type("\"fields\": {\"nam\": {\"rule\": \"manual\"}}", "nam is no field of contact", "it has [name");
        type("\"fields\": {}, \"records\": {\"a\": {\"create\": \"yes\"}}", "records.a.create should be true or false");
        refused(
                "{\"format\": 1, \"policy\": \"p\", \"version\": 1, \"types\": {\"ticket\": {\"fields\": {}}}}",
                "types.ticket is a type that crm-sync does not know",
                "'has'");
    }

    private void field(String rule, String... words) {
        type("\"fields\": {\"name\": " + rule + "}", words);
    }

    private void type(String members, String... words) {
        refused(
                "{\"format\": 1, \"policy\": \"p\", \"version\": 1, \"types\": {\"contact\": {" + members + "}}}",
                words);
    }

    private void refused(String text, String... words) {
        assertThatThrownBy(() -> codec.decode(text))
                .as(text)
                .isInstanceOfSatisfying(
                        SyncException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(SyncException.Kind.CONFIGURATION))
                .hasMessageStartingWith("the policy")
                .satisfies(refusal -> assertThat(Arrays.asList(words))
                        .allSatisfy(word -> assertThat(refusal.getMessage()).contains(word)));
    }
}
