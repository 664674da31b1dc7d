//! The verbs that can begin a fix.

use std::borrow::Cow;

use crate::unord_map::UnordMap;

/// Common English imperatives, sorted by bytes.
const COMMON: &str = "
abort accept access acknowledge acquire activate adapt add adhere adjust agree align allow
allow-list allowlist alter amend analyze anchor anonymise anonymize append apply approve archive arm
arrange ask assign associate attach attempt audit authenticate authorise authorize avoid await back
backup balance batch be begin bill bind block book boost borrow break bring browse build bump bundle
buy bypass cache calculate call calm cancel cap capture carry cast catch certify change charge chat
check choose chunk claim clarify classify clean clear click clone close codify collapse collect
combine come commit compare compile complete comply compress compute concatenate conclude configure
confirm conform connect consent consider consolidate construct consult contact contain continue
contribute convert cool copy correct count cover craft crawl create credit crop cut deactivate debug
decide declare decline declutter decode decompress decrease decrement decrypt dedicate dedupe
deduplicate defer define delay delegate delete deliver demand demote deny depend deploy deposit
dequeue describe deselect design detach detect determine develop diagnose dial direct disable
disallow discard disclose disconnect discuss dismiss dispatch display dispute distribute divide do
don't dont double double-check downgrade download downscale drain draw drop duplicate e-mail earn
echo edit elect elevate eliminate email embed emit empty enable encapsulate encode encrypt end
enforce engage enlarge enqueue enrich enrol enroll ensure enter erase escalate escape establish
estimate evaluate examine exceed exchange exclude execute exempt exercise exit expand expect expire
explain explore export expose extend extract fail fall feed fetch figure file fill filter finalise
finalize find finish fit fix flag flatten flip flush fold follow force forget form format forward
free freeze fund gather generate get give go grant group grow guard guess halt halve hand handle
hash have help hide hire hold honor honour host identify ignore impersonate implement import improve
include increase increment indent index indicate inform inherit initialise initialize initiate
inject inline input insert inspect install instantiate instruct integrate interpolate interrupt
intersect introduce invalidate invert investigate invite invoke issue join jump keep kill know label
lease leave lengthen let leverage liaise lift limit link list listen load localise localize locate
lock log log-in login logout look loosen lower mail maintain make manage map mark mask match
maximise maximize measure memorise memorize mend mention merge message migrate mind minify minimise
minimize mint mirror modify monitor mount move multiply mute name narrow navigate negotiate nest
nominate normalise normalize note notice notify obey observe obtain offer offload omit open opt
opt-in optimise optimize order organise organize outline overhaul overlap override overwrite own
pace pack pad page paginate parse partition pass paste patch pause pay peek perform permit persist
phone pick pin ping pipe place plan play plug point poll pool populate port post postpone
pre-process prefer prefix preload prepare prepend preprocess present preserve press prevent preview
print prioritise prioritize probe proceed process produce program promote prompt propose protect
prove provide provision prune publish pull purchase purge push put qualify quantize quarantine query
queue quit quote race raise rate rate-limit re-authenticate re-encode re-enter reach react read
realign realise realize reassign reattach reauthenticate reauthorise reauthorize rebalance rebase
reboot rebuild recalculate receive recharge recheck reclaim recommend recompress recompute reconcile
reconfigure reconnect record recover recreate recycle redact redeem redeploy redirect redo
redownload reduce reencode reencrypt reenter refactor refer reference refill refine reformat refrain
refresh refund regenerate register reindex reinitialise reinitialize reinstall reissue reject rekey
relax release reload relocate rely remember remind remove rename render renew renumber reopen
reorder repair repeat rephrase replace replay reply report request requeue require reroute rerun
rescale reschedule rescind research reseed resend reserve reset reshape resize resolve respect
respond restart restate restock restore restrict restructure resubmit resume retain retrain retrieve
retry return retype reuse reverse revert review revise revoke reword rework rewrite ring roll rotate
round route run salt salvage sample sanitise sanitize satisfy save say scale scan schedule scope
scroll seal search secure see seed seek segment select sell send separate serialise serialize serve
set settle setup shard share shelve shift shorten show shrink shuffle shut sign sign-in sign-up
signal signup simplify simulate skip sleep slim slow smooth snooze soften solve sort source space
spawn specify speed spell splice split spread stabilise stabilize stagger standardise standardize
start state stay step stick stop store stream strengthen stringify strip structure study submit
subscribe substitute subtract suggest summarise summarize supply support surrender suspend swap
switch sync synchronise synchronize tag tailor take talk tap target telephone tell terminate test
text thaw think throttle tie tighten time toggle tokenise tokenize tolerate top touch trace track
trade transcode transcribe transfer transform translate transmit treat trigger trim truncate trust
try tune tunnel turn type unarchive unassign unblock uncheck uncomment undelete undo unescape
unfreeze uninstall unlink unlist unload unlock unmark unmask unmute unpack unpause unpin unpublish
unquote unregister unselect unset unshare unstage unsubscribe unsuspend untag unwrap unzip update
upgrade upload upsert upsize use utilise utilize validate vary verify vet view visit void vote wait
wake walk warm watch weigh whitelist widen wipe withdraw withhold work wrap write yield zip zoom
";

/// The known verbs, in lower case.
pub(super) struct Verbs<'a>(UnordMap<Cow<'a, str>, ()>);

impl<'a> Verbs<'a> {
    /// The common verbs, and those that a catalog adds.
    pub(super) fn with(own: impl Iterator<Item = &'a str>) -> Self {
        let common = COMMON.split_whitespace().map(Into::into);
        let own = own.map(|verb| verb.to_lowercase().into());
        Self(common.chain(own).map(|verb| (verb, ())).collect())
    }

    /// Whether a lower-case word is a known verb. One part of a hyphenated word is enough, and any verb may have the
    /// prefix `re`.
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
    fn the_verbs_are_sorted_and_unique() {
        assert!(
            COMMON
                .split_whitespace()
                .is_sorted_by(|left, right| left < right)
        );
    }

    #[test]
    fn a_verb_is_recognised_after_other_words() {
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
