package dev.crmsync.quickstart;

import dev.crmsync.engine.SyncEngine;
import dev.crmsync.segments.Segment;
import dev.crmsync.segments.SegmentPlan;
import dev.crmsync.segments.SegmentReport;
import dev.crmsync.segments.Tagging;
import java.io.PrintStream;

/** A segment of the primary CRM's contacts that is mirrored as a label in Kirim. */
final class SegmentOfVips {
    private static final String NAME = "VIP customers";

    private final Crm crm;
    private final Options options;

    SegmentOfVips(Crm crm, Options options) {
        this.crm = crm;
        this.options = options;
    }

    void mirror(SyncEngine engine, PrintStream out) {
        if (options.segment() == 0) {
            return;
        }
        String segment = crm.segment(NAME, options.segment());
        Tagging tagging =
                engine.segments(Embedding.SYNC).tagging(new Segment(crm.word(), segment, "kirim", "VIP customer"));
        SegmentPlan plan = tagging.dryRun();
        out.println("segment: " + plan);
        SegmentReport report = tagging.apply(plan.hash());
        out.println("segment: " + report.applied() + " labelled, " + report.skipped() + " passed over, "
                + report.removed() + " no longer");
    }
}
