package io.stretchc.simulate;

/** What becomes of an action. */
public sealed interface Outcome {
    /** The world after it. */
    World world();

    /** Whether a plan can go on. */
    boolean fine();

    /** It did what it is for. */
    record Done(World world) implements Outcome {
        @Override
        public boolean fine() {
            return true;
        }
    }

    /** What it is for holds already; nothing changed. */
    record AlreadyDone(World world) implements Outcome {
        @Override
        public boolean fine() {
            return true;
        }
    }

    /** The server says no; nothing changed. */
    record Refused(World world, String reason) implements Outcome {
        @Override
        public boolean fine() {
            return false;
        }
    }

    /** No answer ever comes, and waiting does not help; something may have changed. */
    record Stuck(World world, String reason) implements Outcome {
        @Override
        public boolean fine() {
            return false;
        }
    }
}
