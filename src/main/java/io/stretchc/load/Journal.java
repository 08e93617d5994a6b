package io.stretchc.load;

import io.stretchc.ledger.Entry;
import io.stretchc.ledger.Header;

/** Where a load writes down what happens, in the order in which it does. Called by several threads. */
public interface Journal {
    void begin(Header header);

    void add(Entry entry);
}
