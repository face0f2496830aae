package dev.crmsync.planning;

import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.AsOf;
import org.jspecify.annotations.Nullable;

/** Takes in what became of writes while records were merged or links were joined: nothing of it is lost, and nothing guessed. */
final class LateAnswers {
    private final Planning planning;
    private final Writing writing;
    private final Deciding deciding;

    LateAnswers(Planning planning, Writing writing) {
        this.planning = planning;
        this.writing = writing;
        this.deciding = new Deciding(planning);
    }

    /**
     * The record that was written is not the primary one any more. Whether what was sent reached the one that is, as where the
     * system has merged the two, only that record tells.
     */
    void elsewhere(LinkDraft link, String system, InFlight flight) {
        SideDraft side = link.side(system);
        side.inFlight = null;
        side.want(Reason.OUTCOME_UNKNOWN, planning.seq);
        planning.mapping(system, link.type())
                .ifPresent(mapping -> planning.lenses()
                        .fieldsOf(mapping, flight.slots().keySet())
                        .forEach(field -> {
                            Value sent = mapping.carrying(field)
                                    .map(mapped ->
                                            planning.lenses().get(system, mapped, field, flight.slots(), ref -> null))
                                    .orElse(null);
                            planning.decided(link, system, field, Reason.WRITTEN, null, sent, link.agreed(field));
                        }));
    }

    /**
     * What a link that was taken over had agreed has come to this link's record, where nothing was agreed: it joins as whatever a
     * record is first seen to hold.
     */
    void unagreed(LinkDraft link, String system, Field field, @Nullable AsOf asOf) {
        Value held = planning.held(link, system, field);
        if (link.agreed(field) == null && held != null && !held.isBlank()) {
            deciding.joined(link, system, field, asOf == null ? AsOf.at(planning.at) : asOf, held);
        }
    }

    /** A record of which something was seen while it was being made, perhaps by a link of its own, is the one that was made. */
    void made(LinkDraft link, String system, Field field, InFlight create) {
        boolean upserts = planning.rules
                .system(system)
                .flatMap(known -> known.declaration().type(link.type()))
                .map(TypeDeclaration::createLookup)
                .filter(CreateLookup.UniqueUpsert.class::isInstance)
                .isPresent();
        // Where a create may be an update, what was seen may have been there before it.
        if (!upserts) {
            new OurRecords(planning).made(link, system, field, create);
        }
    }

    /**
     * A link that this one took over had begun a write beside one of this link's own. What it made is ours, and what it wrote may
     * have reached our record.
     */
    void handedOver(LinkDraft link, Input.WriteOutcome input, SideDraft side) {
        String system = input.system();
        Outcome outcome = input.outcome();
        if (outcome instanceof Outcome.Done done) {
            String id = done.ref().id();
            if (id.equals(side.record) || side.secondaries.contains(id)) {
                planning.decided(link, system, Reason.WRITTEN);
            } else {
                writing.confirm(link, system, done.ref());
            }
        } else if (outcome instanceof Outcome.Unknown && side.record == null) {
            side.held = Reason.CREATE_REVIEW;
            planning.ask(link, system, null, Reason.CREATE_REVIEW, null);
            planning.decided(link, system, Reason.CREATE_REVIEW);
        } else if (outcome instanceof Outcome.Unknown) {
            planning.decided(link, system, Reason.OUTCOME_UNKNOWN);
        } else {
            planning.decided(link, system, outcome instanceof Outcome.Deferred ? Reason.DEFERRED : Reason.REFUSED);
        }
        if (side.record != null) {
            side.want(Reason.OUTCOME_UNKNOWN, planning.seq);
        }
        side.lastInput = planning.seq;
    }
}
