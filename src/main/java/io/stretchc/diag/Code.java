package io.stretchc.diag;

import static io.stretchc.diag.Severity.ERROR;
import static io.stretchc.diag.Severity.HINT;
import static io.stretchc.diag.Severity.WARNING;

/**
 * Every kind of finding. Two letters name the concern: {@code YM} YAML, {@code SC} schema, {@code TP} topology,
 * {@code AC} access, {@code NW} network, {@code QM} quorum, {@code PL} placement, {@code ST} streams, {@code DU}
 * durability, {@code FS} files. {@code stretchc explain} prints the page of the same name in {@code src/docs/codes}.
 */
public enum Code {
    YM101(ERROR, "The YAML cannot be read"),
    YM102(ERROR, "The file holds no document"),
    YM103(ERROR, "A key stands twice, or a merge is not of mappings"),
    YM104(ERROR, "Aliases unfold without bound"),
    YM105(ERROR, "A YAML type tag has no meaning here"),
    YM106(ERROR, "The file is too large"),
    FS101(ERROR, "A file cannot be read or written"),
    FS102(ERROR, "The output directory belongs to another topology"),
    FS103(WARNING, "A file that no longer belongs was changed by hand"),
    FS104(ERROR, "A file that no compile wrote is in the way"),
    SC101(ERROR, "A key is not known"),
    SC102(ERROR, "A value is of the wrong kind"),
    SC103(ERROR, "A key is missing"),
    SC104(ERROR, "A value is not among those allowed"),
    SC105(ERROR, "A value is not of the right form"),
    SC106(ERROR, "Too few or too many entries"),
    TP101(ERROR, "Two things have the same name"),
    TP102(ERROR, "A name that nats-server rejects or misreads"),
    TP103(WARNING, "A name that makes trouble later"),
    TP104(ERROR, "Two server names have the same peer id"),
    TP105(ERROR, "A name refers to nothing"),
    TP106(ERROR, "A nats-server version that is not supported"),
    TP107(ERROR, "A setting that the declared nats-server version does not have"),
    TP108(ERROR, "An extra setting collides with a generated one"),
    TP109(ERROR, "A value that a configuration cannot carry"),
    TP110(ERROR, "Two clusters share a name or a domain"),
    TP111(WARNING, "A code that cannot be accepted, or never occurs"),
    TP112(WARNING, "A nats-server version newer than what is known"),
    AC101(WARNING, "There is no system account with a user"),
    AC102(ERROR, "There is more than one system account"),
    AC103(ERROR, "Accounts stand beside an operator"),
    AC104(ERROR, "A user without an identity, or with two"),
    AC105(ERROR, "A secret stands in plain text"),
    AC106(WARNING, "A listener takes anybody in"),
    AC107(ERROR, "A user without credentials that has a password hash"),
    NW101(ERROR, "Two servers listen on the same port of one host"),
    NW102(ERROR, "A port is missing that the topology needs"),
    NW103(WARNING, "Fewer routes than servers"),
    NW104(ERROR, "An address that is none"),
    NW105(ERROR, "Two servers use the same store directory of one host"),
    NW106(ERROR, "A leaf cluster that will not get in"),
    NW107(WARNING, "A backbone that leaf clusters cannot address"),
    NW108(WARNING, "A first leader needs other clusters"),
    NW201(WARNING, "No TLS between sites"),
    QM101(WARNING, "An even number of voters"),
    QM102(WARNING, "The loss of a site costs the meta quorum"),
    QM103(ERROR, "A recovery technique that the version does not have"),
    QM104(WARNING, "Arbiters that will not bring the quorum back"),
    QM105(WARNING, "Too few voters"),
    QM106(WARNING, "Stand-ins that cannot stand in"),
    QM107(WARNING, "The meta group spans other clusters"),
    PL101(ERROR, "A JetStream server without a unique tag"),
    PL102(WARNING, "A placement that switches the unique tag off"),
    PL103(ERROR, "Fewer matching servers than replicas"),
    PL104(ERROR, "Fewer distinct unique tags than replicas"),
    PL105(ERROR, "A stream that no server can take"),
    PL106(WARNING, "A stream wholly inside one site"),
    PL107(ERROR, "An arbiter or stand-in that streams could be placed on"),
    PL108(HINT, "A tag that nats-server lower-cases"),
    PL109(ERROR, "Fallbacks that lead in a circle"),
    PL110(WARNING, "An even number of replicas"),
    PL111(WARNING, "A preferred site without a matching server"),
    PL112(WARNING, "A server with several unique tags"),
    PL113(WARNING, "A fallback that helps no stream"),
    PL114(ERROR, "A fallback that is the same place"),
    PL115(WARNING, "A lost server that no fallback makes good"),
    ST101(ERROR, "Settings of a stream that contradict each other"),
    ST102(ERROR, "A subject that nats-server rejects"),
    ST103(ERROR, "Two streams take the same subjects"),
    ST104(WARNING, "Streams that reserve more than their account may hold"),
    DU101(WARNING, "Acknowledged messages may not be on disk");

    private final Severity severity;
    private final String title;

    Code(Severity severity, String title) {
        this.severity = severity;
        this.title = title;
    }

    /** How much findings of this kind matter. */
    public Severity severity() {
        return severity;
    }

    /** The kind of finding in a few words, the same for every occurrence. */
    public String title() {
        return title;
    }
}
