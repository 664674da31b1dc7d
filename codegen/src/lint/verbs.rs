//! The verbs with which a fix may begin.

use std::borrow::Cow;

use crate::index::Index;

/// Verbs of English that tell somebody what to do, in the order of their bytes.
const COMMON: &str = "
abort accept access acknowledge acquire activate adapt add adhere adjust agree align allow
allow-list allowlist alter amend analyze anonymise anonymize append apply approve archive arrange
ask assign associate attach attempt audit authenticate authorise authorize avoid await back backup
balance batch be begin bind block book boost borrow break bring browse build bump buy bypass cache
calculate call cancel cap capture carry cast catch change charge check choose chunk claim clean
clear click clone close collapse collect combine come commit compare compile complete comply
compress compute concatenate conclude configure confirm conform connect consider consolidate
construct consult contact contain continue contribute convert copy correct count cover craft crawl
create crop cut deactivate debug decide declare declutter decode decompress decrease decrement
decrypt deduplicate defer define delay delegate delete deliver demote deny deploy describe deselect
design detach detect determine develop diagnose dial direct disable discard disconnect discuss
dismiss dispatch display dispute distribute divide do don't dont double double-check downgrade
download downscale drain draw drop duplicate earn edit elect eliminate embed empty enable
encapsulate encode encrypt end enforce engage enlarge enrich enrol enroll ensure enter erase
escalate escape establish estimate evaluate examine exceed exchange exclude execute exempt exercise
exit expand expect expire explain explore export expose extend extract fall fetch figure file fill
filter finalise finalize find finish fit fix flag flatten flush fold follow force forget form format
forward free freeze fund gather generate get give go grant group grow guard halt handle hash have
hold honor honour host identify ignore impersonate implement import improve include increase
increment index indicate inform initialise initialize initiate inject input insert inspect install
instruct integrate interrupt introduce invalidate investigate invite invoke issue join keep kill
know label leave let lift limit link list listen load localise localize locate lock log log-in login
logout look lower maintain make manage map mark mask match mend merge migrate minify minimise
minimize mint modify monitor mount move multiply mute name narrow navigate negotiate normalise
normalize note notice notify obey observe obtain offer omit open opt opt-in optimise optimize order
organise organize override overwrite own pack pad page paginate parse partition pass paste pause pay
perform persist phone pick pin ping place plan play plug point poll pool populate port post postpone
prefer prefix prepare present preserve press prevent print prioritise prioritize proceed process
produce promote prompt propose protect prove provide provision prune publish pull purchase purge
push put query queue quit quote raise rate rate-limit re-authenticate re-encode re-enter reach react
read reassign reattach reauthenticate reauthorise reauthorize rebase reboot rebuild recalculate
receive recheck reclaim recompress recompute reconcile reconfigure reconnect record recover recreate
recycle redact redeem redeploy redirect redo redownload reduce reencode reencrypt reenter refactor
refer reference refill refine reformat refrain refresh refund regenerate register reindex reinstall
reissue reject rekey relax release reload relocate rely remember remind remove rename render renew
reopen reorder repair repeat rephrase replace replay reply report request requeue require rerun
reschedule resend reserve reset reshape resize resolve respect respond restart restore restrict
restructure resubmit resume retrieve retry return reuse revert review revise revoke reword rewrite
roll rotate round route run salt sample sanitise sanitize save say scale scan schedule scope scroll
search secure see seek select sell send separate serialise serialize serve set settle setup shard
share shift shorten show shrink shuffle shut sign sign-in sign-up signal signup simplify skip slim
slow smooth snooze solve sort space specify speed spell split spread stagger start state stay step
stick stop store stream strip structure study submit subscribe substitute subtract suggest supply
support suspend swap switch sync synchronise synchronize tag take talk tap target tell terminate
test thaw think throttle tie tighten time toggle tokenise tokenize top touch trace track trade
transcode transcribe transfer transform translate transmit treat trigger trim truncate trust try
tune turn type unarchive unassign unblock undo unfreeze uninstall unlink unlock unmask unmute unpack
unpause unpin unpublish unregister unset unsubscribe unsuspend unwrap unzip update upgrade upload
upsert use utilise utilize validate vary verify view visit void vote wait wake walk warm watch weigh
whitelist widen withdraw work wrap write yield zip zoom
";

/// The verbs that are known, in small letters.
pub(super) struct Verbs<'a>(Index<Cow<'a, str>, ()>);

impl<'a> Verbs<'a> {
    /// The common verbs, and those that a catalog adds.
    pub(super) fn with(own: impl Iterator<Item = &'a str>) -> Self {
        let common = COMMON.split_whitespace().map(Into::into);
        let own = own.map(|verb| verb.to_lowercase().into());
        Self(common.chain(own).map(|verb| (verb, ())).collect())
    }

    /// Whether a word in small letters is such a verb. Of a word with hyphens one part is enough, and
    /// `re` may stand before any.
    pub(super) fn has(&self, word: &str) -> bool {
        let listed = |word: &str| self.0.get(word).is_some();
        let again = |word: &str| word.strip_prefix("re").is_some_and(listed);
        let known = |word: &str| listed(word) || again(word);
        known(word) || word.split('-').any(known)
    }
}

#[cfg(test)]
mod tests {
    use super::{COMMON, Verbs};

    #[test]
    fn the_verbs_stand_in_order_and_once() {
        assert!(
            COMMON
                .split_whitespace()
                .is_sorted_by(|left, right| left < right)
        );
    }

    #[test]
    fn a_verb_is_known_with_what_may_stand_before_it() {
        let verbs = Verbs::with(["Gazump"].into_iter());
        for word in [
            "upload",
            "reupload",
            "re-upload",
            "double-check",
            "sign-in",
            "gazump",
        ] {
            assert!(verbs.has(word), "{word}");
        }
        for word in ["an", "bug", "the", "usually", "re", "-", ""] {
            assert!(!verbs.has(word), "{word}");
        }
    }
}
