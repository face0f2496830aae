package dev.crmsync.planning;

import org.jspecify.annotations.Nullable;

/** The sides of a link while one input is being planned, by system: each is drafted when it is first asked for. */
final class SideDrafts extends NamedValues<SideDraft> {
    private final Frozen<Side> before;

    /** The drafts of the state's sides, by index; null where none was asked for. */
    private final @Nullable SideDraft[] drafts;

    /** All of them, once one has come or gone. */
    private @Nullable DraftMap<SideDraft> all;

    SideDrafts(Frozen<Side> before) {
        this.before = before;
        this.drafts = new SideDraft[before.size()];
    }

    /** The sides as they are now, without those of which nothing is known. */
    Frozen<Side> frozen() {
        DraftMap<Side> sides;
        if (all == null) {
            sides = new DraftMap<>(before);
            for (int i = 0; i < drafts.length; i++) {
                SideDraft draft = drafts[i];
                if (draft != null) {
                    sides.set(i, draft.freeze());
                }
            }
        } else {
            sides = new DraftMap<>(all.frozen().map(SideDraft::freeze));
        }
        sides.removeValues(Side::unknown);
        return sides.frozen();
    }

    @Override
    int indexOf(@Nullable Object system) {
        return all == null ? before.indexOf(system) : all.indexOf(system);
    }

    @Override
    String name(int index) {
        return all == null ? before.name(index) : all.name(index);
    }

    @Override
    SideDraft at(int index) {
        return all == null ? drafted(index) : all.at(index);
    }

    private SideDraft drafted(int index) {
        SideDraft known = drafts[index];
        SideDraft draft = known == null ? new SideDraft(before.at(index)) : known;
        drafts[index] = draft;
        return draft;
    }

    @Override
    public int size() {
        return all == null ? drafts.length : all.size();
    }

    @Override
    public @Nullable SideDraft put(String system, SideDraft side) {
        return all().put(system, side);
    }

    @Override
    public void clear() {
        all().clear();
    }

    private DraftMap<SideDraft> all() {
        DraftMap<SideDraft> own = all;
        if (own == null) {
            own = new DraftMap<>(Frozen.nothing());
            for (int i = 0; i < drafts.length; i++) {
                own.put(before.name(i), drafted(i));
            }
            all = own;
        }
        return own;
    }
}
