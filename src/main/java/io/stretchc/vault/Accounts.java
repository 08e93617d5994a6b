package io.stretchc.vault;

import io.stretchc.observe.ClusterQuery;
import io.stretchc.observe.QueryFault;

/** Ways into the accounts of a cluster. */
public interface Accounts {
    /** Requests in an account. */
    ClusterQuery query(String account) throws QueryFault;

    /** Archives of an account's streams. */
    Transfer transfer(String account) throws QueryFault;
}
