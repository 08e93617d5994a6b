package io.stretchc.simulate;

import io.stretchc.plan.Action;

/** Names actions in sentences. */
final class Words implements Action.Visitor<String> {
    private static final Words WORDS = new Words();

    private Words() {}

    static String of(Action action) {
        return action.accept(WORDS);
    }

    @Override
    public String takeCensus(Action.TakeCensus action) {
        return "the census";
    }

    @Override
    public String attestLost(Action.AttestLost action) {
        return "the attestation of " + action.site();
    }

    @Override
    public String copyStores(Action.CopyStores action) {
        return "the copy of the stores of " + action.servers();
    }

    @Override
    public String startServer(Action.StartServer action) {
        return "the start of " + action.server();
    }

    @Override
    public String stopServer(Action.StopServer action) {
        return "the stop of " + action.server();
    }

    @Override
    public String awaitMetaLeader(Action.AwaitMetaLeader action) {
        return "the wait for the meta leader";
    }

    @Override
    public String awaitMembers(Action.AwaitMembers action) {
        return "the wait for members of the meta group";
    }

    @Override
    public String awaitNaturalQuorum(Action.AwaitNaturalQuorum action) {
        return "the wait for the end of the rescue";
    }

    @Override
    public String rescueQuorum(Action.RescueQuorum action) {
        return "the rescue with a quorum of " + action.quorum();
    }

    @Override
    public String removePeer(Action.RemovePeer action) {
        return "the removal of " + action.server();
    }

    @Override
    public String moveStream(Action.MoveStream action) {
        return "the move of " + new StreamGroup.Id(action.account(), action.stream());
    }

    @Override
    public String awaitStream(Action.AwaitStream action) {
        return "the wait for " + new StreamGroup.Id(action.account(), action.stream());
    }

    @Override
    public String recreateStream(Action.RecreateStream action) {
        return "making " + new StreamGroup.Id(action.account(), action.stream()) + " anew";
    }

    @Override
    public String restoreStream(Action.RestoreStream action) {
        return "the restore of " + new StreamGroup.Id(action.account(), action.stream());
    }

    @Override
    public String moveMetaLeader(Action.MoveMetaLeader action) {
        return "the move of the meta leader";
    }

    @Override
    public String moveStreamLeader(Action.MoveStreamLeader action) {
        return "the move of the leader of " + new StreamGroup.Id(action.account(), action.stream());
    }

    @Override
    public String restartServer(Action.RestartServer action) {
        return "the restart of " + action.server();
    }

    @Override
    public String removePeerId(Action.RemovePeerId action) {
        return "the removal of peer " + action.peer();
    }

    @Override
    public String removeStreamPeer(Action.RemoveStreamPeer action) {
        return "the removal of " + (action.server() == null ? "peer " + action.peer() : action.server()) + " from "
                + new StreamGroup.Id(action.account(), action.stream());
    }

    @Override
    public String retagServer(Action.RetagServer action) {
        return "the change of the tags of " + action.server();
    }

    @Override
    public String verifyCluster(Action.VerifyCluster action) {
        return "the verification";
    }
}
