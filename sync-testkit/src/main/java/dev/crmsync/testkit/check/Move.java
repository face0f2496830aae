package dev.crmsync.testkit.check;

/** One thing that can happen next in a small world. */
sealed interface Move {
    /**
     * Whether it comes from outside, and need not happen.
     *
     * @return true for what people and fate do
     */
    default boolean fromOutside() {
        return false;
    }

    /** Somebody enters a value; before or after a read that is under way has looked. */
    record Edit(String system, String field, String value, boolean readFirst) implements Move {
        @Override
        public boolean fromOutside() {
            return true;
        }

        @Override
        public String toString() {
            return system + ": somebody enters " + field + " = \"" + value + "\""
                    + (readFirst ? ", and the read that is under way does not show it" : "");
        }
    }

    /** An automation puts its value back. */
    record Reaction(String system, String field, boolean readFirst) implements Move {
        @Override
        public String toString() {
            return system + ": an automation puts " + field + " back"
                    + (readFirst ? ", and the read that is under way does not show it" : "");
        }
    }

    /** An event is told, and perhaps comes again. */
    record Tell(String system, int notice, boolean again) implements Move {
        @Override
        public String toString() {
            return system + ": event " + notice + " is told" + (again ? ", and will come again" : "");
        }
    }

    /** Delivery does what is due. */
    record Serve(String system) implements Move {
        @Override
        public String toString() {
            return system + ": what is due is begun";
        }
    }

    /** A write reaches the vendor. */
    record Arrive(String system) implements Move {
        @Override
        public String toString() {
            return system + ": the write takes effect";
        }
    }

    /** An answer reaches the engine. */
    record Answer(String system) implements Move {
        @Override
        public String toString() {
            return system + ": the answer arrives";
        }
    }

    /** A request or its answer is lost, and delivery gives it up. */
    record Lose(String system) implements Move {
        @Override
        public boolean fromOutside() {
            return true;
        }

        @Override
        public String toString() {
            return system + ": the answer is lost";
        }
    }

    /** The engine dies and is started again. */
    record Crash() implements Move {
        @Override
        public boolean fromOutside() {
            return true;
        }

        @Override
        public String toString() {
            return "the engine dies";
        }
    }

    /** Time passes until the next thing is due. */
    record Pass() implements Move {
        @Override
        public String toString() {
            return "time passes";
        }
    }
}
