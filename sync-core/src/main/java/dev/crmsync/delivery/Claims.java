package dev.crmsync.delivery;

import dev.crmsync.ledger.DeadLetters;
import dev.crmsync.ledger.Draft;
import dev.crmsync.ledger.Ledger;
import dev.crmsync.ledger.Posted;
import dev.crmsync.ledger.Posting;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.spi.store.DueRow;
import dev.crmsync.spi.store.Lane;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The claims that a shift holds on its rows. Each is given back in the commit that keeps what the work came to: released when it is
 * done, put off when it has to wait, and a dead letter when it has failed too often.
 */
final class Claims {
    private final SyncContext context;
    private final Ledger ledger;
    private final String system;
    private final DeliverySettings settings;
    private final Silence silence;
    private final String place;

    Claims(Outlet outlet, String system, DeliverySettings settings, Silence silence, String place) {
        this.context = outlet.context();
        this.ledger = outlet.ledger();
        this.system = system;
        this.settings = settings;
        this.silence = silence;
        this.place = place;
    }

    /** Commits what the jobs came to, and goes on with each that has won. */
    void post(List<Job> some, Function<Job, Posting> posting, BiConsumer<Job, Posted> then) {
        if (some.isEmpty()) {
            return;
        }
        List<Posted> all = ledger.post(some.stream().map(posting).toList(), null);
        for (int i = 0; i < some.size(); i++) {
            Job job = some.get(i);
            Posted posted = all.get(i);
            posted.link(job.link.id()).ifPresent(link -> job.link = link);
            RuntimeException failure = posted.failure();
            if (posted.committed()) {
                then.accept(job, posted);
            } else {
                job.open = false;
                job.back = null;
                if (failure != null) {
                    bury(job.row, DeadLetters.reason(failure));
                }
                // Overtaken each time: the claim is left to lapse, and what was begun is then of unknown outcome.
            }
        }
    }

    /** Gives back the claims of jobs that came to nothing. */
    void giveBack(List<Job> put) {
        post(
                put,
                job -> Posting.on(job.link.id(), job.row.lane(), draft -> end(draft, job)),
                (job, posted) -> ended(job));
    }

    /** Gives a claim back in the commit of a draft. */
    void end(Draft draft, Job job) {
        Job.Back back = job.back;
        if (back == null) {
            draft.release(job.row);
        } else if (exhausted(job)) {
            draft.unit()
                    .deadLetter(DeadLetters.of(context, DeadLetters.WORK, system, job.link.id(), back.reason(), null));
            draft.drop(job.row);
        } else {
            Lane lane = back.failed() ? Lane.RETRY : job.row.lane();
            draft.postpone(job.row, lane, job.row.attempts() + (back.failed() ? 1 : 0), back.until());
        }
    }

    /** That commit was made: the job is done with, and the host is told if it was put off. */
    void ended(Job job) {
        job.open = false;
        Job.Back back = job.back;
        if (back != null && exhausted(job)) {
            context.listener().deadLetter(context.sync(), system, DeadLetters.WORK, back.reason());
        } else if (back != null) {
            Duration delay = Duration.between(context.now(), back.until());
            context.listener().deferred(context.sync(), system, delay, back.reason());
        }
    }

    /** Work that cannot even be planned becomes a dead letter by itself. */
    void bury(DueRow row, @Nullable String reason) {
        String why = reason == null ? "unknown" : reason;
        Posting burial = Posting.on(List.of(), row.lane(), draft -> {
            draft.unit().deadLetter(DeadLetters.of(context, DeadLetters.WORK, system, row.link(), why, null));
            draft.drop(row);
        });
        if (ledger.post(List.of(burial), null).get(0).committed()) {
            context.listener().deadLetter(context.sync(), system, DeadLetters.WORK, why);
        }
    }

    private boolean exhausted(Job job) {
        return job.back != null && job.back.failed() && settings.exhausted(job.row.attempts() + 1, silence.at(place));
    }
}
