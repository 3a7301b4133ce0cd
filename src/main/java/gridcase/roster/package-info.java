/**
 * Who is away, who stands in, who is on shift (请假与代理, 值班): entered and looked up by
 * people. The rules are the registry's.
 */
package gridcase.roster;
