package dev.crmsync.review;

import dev.crmsync.json.ReviewCodec;
import dev.crmsync.ledger.Draft;
import dev.crmsync.ledger.Ledger;
import dev.crmsync.ledger.Posting;
import dev.crmsync.ledger.Successors;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.planning.Cause;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.Input;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.ReviewChange;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.spi.store.ReviewRow;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The reviews of a sync: to be shown to a person, and answered. Thread-safe. */
public final class Reviews {
    private final Ledger ledger;
    private final SyncContext context;
    private final ReviewCodec codec = new ReviewCodec();

    /**
     * The reviews of a sync.
     *
     * @param ledger takes the answers
     */
    public Reviews(Ledger ledger) {
        this.ledger = ledger;
        this.context = ledger.context();
    }

    /**
     * Pages through open reviews in the order of their ids.
     *
     * @param after the id of the last one of the page before, or null to begin
     * @param limit the most to return, above 0
     * @return the reviews; fewer than the limit at the end
     */
    public List<Review> open(@Nullable String after, int limit) {
        return context.store().openReviews(context.sync(), after, limit).stream()
                .map(this::review)
                .toList();
    }

    /**
     * Finds an open review.
     *
     * @param id its id
     * @return the review, or empty when there is none or it was answered
     */
    public Optional<Review> find(String id) {
        return context.store()
                .review(context.sync(), id)
                .filter(row -> row.closedAt() == null)
                .map(this::review);
    }

    private Review review(ReviewRow row) {
        ReviewChange.Opened opened = codec.decode(row);
        return new Review(
                row.id(),
                row.link(),
                opened.system(),
                opened.field(),
                opened.reason(),
                row.openedAt(),
                opened.agreed(),
                opened.theirs(),
                opened.candidates());
    }

    /**
     * Answers a review. What follows from the answer is due at once. Giving an answer again does nothing.
     *
     * @param id the review
     * @param answer the answer
     * @return whether the answer was taken; false when the review was answered before, or has lapsed
     * @throws SyncException of kind NOT_FOUND when there is no such review, VALIDATION when it cannot be answered so,
     *     TRANSIENT when the answer could not be kept and is to be given again
     */
    public boolean answer(String id, Answer answer) {
        Review review = context.store()
                .review(context.sync(), id)
                .map(this::review)
                .orElseThrow(() -> SyncException.of(
                                Kind.NOT_FOUND,
                                "sync " + context.sync() + " has no review " + id + ": list the open ones")
                        .about(id));
        if (review.aboutIdentity() != answer.aboutIdentity()) {
            throw SyncException.of(
                            Kind.VALIDATION,
                            "review " + id + " cannot be answered with " + answer + "; "
                                    + (review.aboutIdentity()
                                            ? "it asks whether links are the same thing: SAME or DIFFERENT"
                                            : "it asks what a system shall hold: USE_AGREED, USE_THEIRS or LEAVE"))
                    .about(id);
        }
        AtomicBoolean taken = new AtomicBoolean();
        Posting posting = Posting.on(links(review), Lane.LIVE, draft -> {
            // Planned again when somebody was faster: who may have answered, too.
            taken.set(isOpen(id));
            if (taken.get() && answer.aboutIdentity()) {
                relink(draft, review, answer);
            } else if (taken.get()) {
                decide(draft, review, answer);
            }
        });
        Ledger.expect(ledger.post(List.of(posting), null).get(0));
        return taken.get();
    }

    private boolean isOpen(String id) {
        return context.store()
                .review(context.sync(), id)
                .filter(row -> row.closedAt() == null)
                .isPresent();
    }

    private static List<String> links(Review review) {
        TreeSet<String> links = new TreeSet<>(review.candidates());
        links.add(review.link());
        return List.copyOf(links);
    }

    private void decide(Draft draft, Review review, Answer answer) {
        LinkState link = standing(draft, review.link());
        draft.plan(
                List.of(link.id()),
                (links, at, seq) ->
                        new Input.ReviewAnswer(at, seq, link.id(), review.system(), review.field(), answer.toInput()));
        close(draft, review);
    }

    private void relink(Draft draft, Review review, Answer answer) {
        for (String candidate : review.candidates()) {
            LinkState one = standing(draft, review.link());
            LinkState other = standing(draft, candidate);
            if (!one.id().equals(other.id())) {
                draft.relink(List.of(change(draft, one, other, answer)), one.type(), Cause.PERSON);
            }
        }
        close(draft, review);
    }

    private IdentityChange change(Draft draft, LinkState one, LinkState other, Answer answer) {
        return answer == Answer.DIFFERENT
                ? new IdentityChange.Separated(one.id(), other.id())
                : draft.joining(one, other);
    }

    private static LinkState standing(Draft draft, String id) {
        LinkState link = Successors.of(id, known -> draft.link(known).orElse(null));
        if (link == null) {
            throw SyncException.of(Kind.NOT_FOUND, "there is no link " + id).about(id);
        }
        return link;
    }

    /** The planner closes what it opened; a review of a link that another took over is closed here. */
    private void close(Draft draft, Review review) {
        context.store()
                .review(context.sync(), review.id())
                .filter(row -> row.closedAt() == null)
                .ifPresent(row -> draft.unit()
                        .review(new ReviewRow(
                                row.id(),
                                row.link(),
                                row.kind(),
                                row.openedAt(),
                                draft.now(),
                                row.skeleton(),
                                row.values())));
    }
}
