/** What a load attempted and what became of it, and the audit that holds this against what streams give back. */
@org.jspecify.annotations.NullMarked
package io.stretchc.ledger;
