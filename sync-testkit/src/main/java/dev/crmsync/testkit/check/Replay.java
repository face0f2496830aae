package dev.crmsync.testkit.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Walks one way through a small world, step by step, and says whether the laws are kept on it: what a printed counterexample
 * does. A step that cannot happen any more, because the planner or the policy has changed, ends the walk. Not thread-safe.
 */
public final class Replay {
    private static final Pattern STEP =
            Pattern.compile("the engine dies|time passes|[^:]+: (somebody enters \\S+ = \".*\""
                    + "(, and the read that is under way does not show it)?"
                    + "|an automation puts \\S+ back(, and the read that is under way does not show it)?"
                    + "|event \\d+ is told(, and will come again)?|what is due is begun|the write takes effect"
                    + "|the answer arrives|the answer is lost)");

    private final Arena arena;
    private final Moves moves;
    private final List<String> made = new ArrayList<>();
    private final List<long[]> prints = new ArrayList<>();
    private final Fingerprint fingerprint = new Fingerprint();
    private World world;
    private @Nullable Breach breach;
    private @Nullable String ended;

    Replay(Arena arena, World beginning) {
        this.arena = arena;
        this.moves = new Moves(arena);
        this.world = beginning;
        remember();
    }

    /**
     * Makes one step.
     *
     * @param step the step, as a {@link Counterexample} words it
     * @return this
     * @throws IllegalArgumentException when that is no step at all
     */
    public Replay step(String step) {
        if (!STEP.matcher(step).matches()) {
            throw new IllegalArgumentException("\"" + step + "\" is no step; possible now are " + moves.of(world));
        }
        if (ended != null || breach != null) {
            return this;
        }
        Move move = moves.of(world).stream()
                .filter(possible -> possible.toString().equals(step))
                .findFirst()
                .orElse(null);
        if (move == null) {
            ended = step;
            return this;
        }
        Turn turn = new Turn(arena, world);
        turn.make(move);
        world = turn.world();
        breach = turn.breach;
        made.add(step);
        if (move.fromOutside()) {
            prints.clear();
        }
        if (breach == null) {
            round();
        }
        remember();
        return this;
    }

    /** A state that was there before, with nobody outside having done anything since. */
    private void round() {
        fingerprint.take(world);
        int last = prints.size() - 1;
        for (int i = 0; i <= last; i++) {
            long[] before = prints.get(i);
            boolean same = before[0] == fingerprint.high && before[1] == fingerprint.low;
            if (same && i < last) {
                breach = new Breach(2, "the last " + (prints.size() - i) + " steps come round to where they began");
            }
        }
    }

    private void remember() {
        fingerprint.take(world);
        prints.add(new long[] {fingerprint.high, fingerprint.low});
    }

    /**
     * Whether a step could not be made, so that the rest of the walk was left out.
     *
     * @return true when the walk ended before its last step
     */
    public boolean ended() {
        return ended != null;
    }

    /**
     * Judges the walk, and the state that it led to where nothing moves any more.
     *
     * @throws AssertionError with the steps and the law that they break
     */
    public void lawful() {
        boolean still = moves.of(world).stream().allMatch(Move::fromOutside);
        Breach wrong = breach == null && still && ended == null ? new Quiet(arena, world).judge() : breach;
        if (wrong != null) {
            throw new AssertionError(new Counterexample(wrong.law(), wrong.what(), made, "") + held());
        }
    }

    private String held() {
        StringBuilder text = new StringBuilder("In the end:\n");
        for (int at = 0; at < arena.systems.size(); at++) {
            ToySystem system = arena.systems.get(at);
            Place place = world.places().get(at);
            text.append("  ")
                    .append(system.name)
                    .append(" holds ")
                    .append(Map.copyOf(place.holds()))
                    .append('\n');
        }
        world.link()
                .agreed()
                .forEach((field, agreed) -> text.append("  agreed is ")
                        .append(field)
                        .append(" = ")
                        .append(Arena.show(agreed.value()))
                        .append(", supplied by ")
                        .append(agreed.system())
                        .append('\n'));
        return text.toString();
    }
}
