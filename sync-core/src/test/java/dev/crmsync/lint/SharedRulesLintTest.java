package dev.crmsync.lint;

import static dev.crmsync.lint.LintRule.LAST_WRITER_WITHOUT_TIME;
import static dev.crmsync.lint.LintRule.NAMED_WITHOUT_FIELD;
import static dev.crmsync.lint.LintRule.NO_PRIMARY;
import static dev.crmsync.lint.LintRule.OWNER_WITHOUT_FIELD;
import static dev.crmsync.lint.LintRule.RECEIVER_CANNOT_READ_BACK;
import static dev.crmsync.lint.LintRule.RENDERING_LOSES;
import static dev.crmsync.lint.LintRule.SET_DECIDED_WHOLE;
import static dev.crmsync.spi.field.Contact.LABELS;
import static dev.crmsync.spi.field.Contact.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.policy.OnRendering;
import dev.crmsync.policy.Skew;
import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Rendering;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What lint makes of the rules under which systems share a field. */
class SharedRulesLintTest {
    private final Bench bench = new Bench();

    @Test
    void the_last_writer_where_a_system_dates_nothing() {
        bench.policy(contact -> contact.lastWriter(NAME, Skew.undeclared(), "crm"));
        assertThat(bench.finds(LAST_WRITER_WITHOUT_TIME)).isEmpty();

        bench.declaring("crm", SharedRulesLintTest::undated);
        assertThat(bench.finds(LAST_WRITER_WITHOUT_TIME))
                .extracting(Finding::system)
                .containsExactly("crm");
    }

    @Test
    void an_undated_system_that_a_preferred_order_decides_over_is_left_in_peace() {
        bench.policy(contact -> contact.preferred(NAME, "crm", "kirim"));
        bench.declaring("crm", SharedRulesLintTest::undated);

        assertThat(bench.finds(LAST_WRITER_WITHOUT_TIME)).isEmpty();
    }

    @Test
    void a_preferred_order_with_a_system_that_does_not_carry_the_field() {
        bench.policy(contact -> contact.preferred(NAME, "crm", "kirim"));
        bench.mapping("kirim", mapping -> mapping.without(NAME));

        assertThat(bench.finds(NAMED_WITHOUT_FIELD)).extracting(Finding::system).containsExactly("kirim");
        assertThat(bench.finds(OWNER_WITHOUT_FIELD)).isEmpty();
    }

    @Test
    void a_preferred_crm_is_a_primary_one() {
        bench.system("help", Bench.contacts().withExternalId("kirim_contact_id"));
        bench.policy(contact -> contact.fillIfEmpty(NAME));
        assertThat(bench.finds(NO_PRIMARY)).hasSize(1);

        bench.policy(contact -> contact.preferred(NAME, "crm", "help"));
        assertThat(bench.finds(NO_PRIMARY)).isEmpty();
    }

    @Test
    void a_field_that_is_only_read_at_a_system_that_lacks_it() {
        bench.policy(contact -> contact.readOnly(NAME, "crm"));
        bench.mapping("crm", mapping -> mapping.without(NAME));

        assertThat(bench.finds(OWNER_WITHOUT_FIELD)).extracting(Finding::system).containsExactly("crm");
    }

    @Test
    void a_field_that_is_only_read_is_written_nowhere() {
        bench.policy(contact -> contact.readOnly(NAME, "crm"));
        bench.mapping(
                "kirim",
                FieldMapping.direct(NAME, "name").with(new Access(Access.Readable.NEVER, Access.Writable.PATCHED)));

        assertThat(bench.finds(RECEIVER_CANNOT_READ_BACK)).isEmpty();
    }

    @Test
    void a_set_of_which_blanks_alone_are_filled() {
        bench.policy(contact -> contact.fillIfEmpty(LABELS));
        assertThat(bench.finds(SET_DECIDED_WHOLE)).hasSize(1);

        bench.policy(contact -> contact.createOnly(LABELS));
        assertThat(bench.finds(SET_DECIDED_WHOLE)).isEmpty();
    }

    @Test
    void what_a_system_shows_is_agreed_where_it_cuts_the_value() {
        bench.policy(contact -> contact.owned(NAME, "kirim").onRendering(NAME, OnRendering.ACCEPT));
        bench.mapping("crm", shown(Rendering.LOWER_CASED, Rendering.TRIMMED));
        assertThat(bench.finds(RENDERING_LOSES)).isEmpty();

        bench.mapping("crm", shown(Rendering.cut(40)));
        assertThat(bench.finds(RENDERING_LOSES)).extracting(Finding::system).containsExactly("crm");

        bench.policy(contact -> contact.owned(NAME, "kirim"));
        assertThat(bench.finds(RENDERING_LOSES)).isEmpty();
    }

    private static FieldMapping shown(Rendering... renderings) {
        return new FieldMapping(NAME, new Lens.Direct("name"), Access.READ_WRITE, List.of(renderings));
    }

    private static TypeDeclaration undated(TypeDeclaration own) {
        return new TypeDeclaration(
                own.type(),
                AsOfGrade.NONE,
                own.marksOwnWrites(),
                own.createLookup(),
                own.tellsDeletes(),
                own.tellsMerges(),
                own.echoHorizon(),
                own.overlap(),
                own.mayGoUnobserved());
    }
}
