package io.stretchc.ledger;

/**
 * A copy that is not the leader's: the same sequence is another message, or is in only one of them.
 *
 * @param server whose copy it is
 * @param sequence the first that differs
 * @param atLeader what the leader has there, or {@code nothing}
 * @param atServer what the server has there, or {@code nothing}
 * @param sequences how many differ
 */
public record Divergence(String server, long sequence, String atLeader, String atServer, long sequences) {}
