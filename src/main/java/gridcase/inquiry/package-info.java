/**
 * What auditors ask and order: who was answerable for a case at a moment and where its
 * time went, per case and summed; findings and their rectification; samples.
 */
package gridcase.inquiry;
