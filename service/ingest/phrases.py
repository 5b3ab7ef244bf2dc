"""The phrases that pages are furnished with, as patterns: what one matches tells what the line is there for.

English first; the headings of teasers and comments in some other languages too. A pattern for a whole line
may be wide, for few sentences fit it; one for a line's opening must be a phrase that no reporter begins with.
"""

import re

from service.ingest.datespan import MONTH


def _whole(*patterns: str) -> re.Pattern[str]:
    return re.compile(r"\W{0,6}(?:" + "|".join(" ".join(p.split()) for p in patterns) + r")[\W\d]{0,12}", re.IGNORECASE)


def _opening(*patterns: str) -> re.Pattern[str]:
    return re.compile(r"\W{0,6}(?:" + "|".join(" ".join(p.split()) for p in patterns) + ")", re.IGNORECASE)


COMMENT_MARK = _whole(
    r"(?:\d+ |no |all |reader |readers'? |view |show |load |latest |top |see all )*(?:comments?|replies|responses)"
    r"(?: sorting| section| policy| guidelines)?",
    r"(?:leave|post|add|write)(?: a| your)? (?:comment|reply)(?: cancel reply)?",
    r"join the (?:discussion|conversation)|join discussion|have your say|what do you think",
    r"this forum has been closed|comments (?:are|have been) closed|log ?in to comment|sort comments by.{0,30}",
    r"\d+ thoughts? on .{1,200}",
    r"(?:log in to |click to )?reply(?: to .{1,40})?(?: link)?|report (?:abuse|comment)|permalink|.{2,40} (?:says|wrote|writes)(?: on .{1,60})?:",
    r"kommentare?|commentaires?|comentarios?|commenti",
)
_STORIES = r"(?:stor(?:y|ies)|articles?|news|posts?|content|topics?|coverage|links?|videos?|reads?|reading|headlines)"
RELATED_MARK = _whole(
    r"(?:you may|you might|you'll|you will) (?:also )?(?:like|enjoy|be interested in).{0,20}",
    rf"(?:related|similar|recommended|trending|popular|sponsored|promoted|featured|latest|recent|top|other|more|next"
    rf"|previous|must|most popular|most read|most viewed|editors?'?s?|partner|breaking)(?: \w+)? ?{_STORIES}(?: \w+){{0,3}}",
    r"related|recommended(?: for you)?|trending(?: now)?|most (?:popular|read|viewed|shared|commented|recent|watched)"
    r"(?: \w+){0,3}",
    r"more (?:from|on|in|about|by|like) .{1,60}|more to (?:read|explore)|read (?:more|next|this next|also)|also read",
    r"(?:editor'?s'?|our|top) picks?|don't miss|up next|see also|in case you missed it|also on .{1,40}|popular",
    r"(?:from )?around the web|from (?:our|the) (?:partners|advertisers|web).{0,20}|sponsored.{0,20}|promoted",
    r"what to (?:read|watch) next|must (?:read|watch|listen)|watch(?: next| now| more)?|keep reading|more for you",
    r"você (?:também )?pode gostar|veja também|leia (?:também|mais)|вам также может быть интересно|читайте также",
    r"das könnte sie auch interessieren|mehr zum thema|lesen sie auch|à lire aussi|sur le même sujet|"
    r"lee también|te puede interesar|noticias relacionadas|leggi anche",
)
TEASER = _opening(
    r"(?:read (?:more|also|next|the full story)|also read|related(?: \w+)?|see also|recommended|watch|listen|more|"
    r"must read|don't miss|you might also like|next(?: post| article)?|previous(?: post| article)?|video|"
    r"previously|lesen sie auch|à lire aussi|lee también|leggi anche) ?[:|›»–—]\s*\S",
    r"also on \w+\.\w+ \S|(?:click|tap) here (?:to|for)|read (?:the )?(?:rest|full|original|entire)\b.{0,60}$",
)
_NETWORKS = "facebook|twitter|linkedin|pinterest|whatsapp|reddit|flipboard|instagram|youtube|tumblr|telegram|rss"
INSERT = _whole(r"(?:advert(?:isement|isment)?|(?:story|article) continues below.{0,30}|scroll to continue.{0,30})")
FURNITURE = _whole(
    rf"(?:(?:share|tweet|tweets|pin|email|e-mail|mail|print|copy|link|copied|url|via|on|to|this|article|follow|us|"
    rf"like|save|comment|send|whats ?app|messenger|snapchat|google|more|app store|google play|sms|"
    rf"x|{_NETWORKS})[\W\d]{{0,12}})+(?:shares?)?",
    r"(?:close )?share (?:this )?(?:with|on|via|to) .{1,30}|(?:share )?(?:close )?(?:extra |all )?sharing options.{0,20}",
    r"(?:\d[\d.,]*k? ?)?(?:shares?|views?|likes?|min(?:ute)?s? read)",
    r"(?:advert(?:isement|isment|ising)?|ads?|sponsored|sponsor message|close|menu|search|home|loading|play(?: video)?|"
    r"caption|gallery|photos?|videos?|live|updated?|published|subscribe(?: now)?|register|next|prev(?:ious)?|back)+",
    r"(?:story|article) continues below.{0,30}|continue reading.{0,50}|skip (?:to|past) .{1,60}|back to (?:top|gallery)|"
    r"return to top|scroll (?:down )?to continue.{0,30}|advertisement.{0,60}",
    r"-+ ?(?:30|ends?) ?-+|\(?ends\)?|\(?more follows\)?|(?:for immediate|press|news|media) release|embargoed? .{0,60}",
    r"(?:image|photo|slide|page)? ?\d+ ?(?:of|/|-) ?/? ?\d+(?: \w+)?|toggle .{1,40}|(?:show|hide|view|see) (?:all|more).{0,40}",
    r"(?:sign|log) ?(?:in|up|out)(?: .{0,60})?|tags?:?.{0,100}|filed under.{0,100}|topics?:.{0,100}|"
    r"follow (?:us|me|him|her|them|@).{0,80}",
    r"(?:print|text|font) size.{0,20}|listen to (?:this )?article.{0,20}|this is a modal window.{0,60}",
)
NOTICE = _opening(
    r"copyright(?: notice)?$|copyright\b[^.]{0,60}(?:©|\(c\)|(?:19|20)\d\d)|all rights reserved|\(c\) \d{4}|©",
    r".{0,80}\ball rights reserved\b",
    r".{0,80}© ?(?:copyright )?(?:19|20)\d\d",
    r"(?:this|our|the)? ?(?:web)?sites? uses? cookies|we (?:and our partners )?use cookies|by (?:continuing|using) .{0,40}"
    r"(?:site|cookies)|(?:necessary|functional|analytics) cookies|.{0,100}\b(?:use of|accept(?:ing)?) (?:our )?cookies",
    r"by (?:registering|signing up|subscribing|clicking|submitting)\b|(?:please )?(?:sign|log) (?:up|in) (?:to|for|with)\b",
    r"(?:please )?(?:subscribe|sign up|register|join|become a) .{0,60}(?:newsletter|member|today|free|updates|access|inbox)",
    r"get (?:.{0,40}(?:newsletter|delivered|inbox|app|access to|alerts|updates))",
    r"your (?:javascript|browser|email address)\b|.{0,40}requires? javascript|please (?:enable|upgrade|review|wait)\b",
    r"(?:the )?information (?:provided|contained) on this|.{0,200}\bare (?:registered )?trademarks of\b|these statements have not been",
    r"join (?:our|us)\b|.{0,60}\b(?:got|have) an? .{0,40}\btip\b|get (?:breaking|the (?:latest|day's|week's)) .{0,60}!$",
    r"(?:sorry|oops)!?$|there was an error processing|thank you for (?:signing|subscribing)",
    r"(?:please )?(?:support|donate to|help us|contribute to)\b.{0,80}\b(?:journalism|readers|reporting|newsroom)",
    r"download (?:the|our) .{0,40}\bapp\b|this material may not be|this (?:post|article) may contain affiliate",
    r"(?:follow|find|contact|e-?mail|reach|send|tweet|write to) .{0,60}@\w+|.{0,80}can be reached at\b|follow .{0,40} on (?:twitter|"
    r"facebook|instagram)|like us on facebook",
    r"[^.!?]{0,60}(?:privacy policy|terms (?:of use|of service|& conditions|and conditions)|privacy notice|cookie policy)"
    r"[^.!?]{0,80}$",
)
ADDRESS = _opening(  # what a page says to its readers of mail and subscriptions; articles speak of those too
    r"(?=.{0,200}\b(?:newsletters?|inbox|e-?mails?|(?:un)?subscri\w+|sign(?:ed|ing)? up|opt-?in|notifications?)\b)"
    r"(?=.{0,200}\b(?:you|your|our|please|thanks for)\b)[^\"“”]{1,250}$",
)
_AGENCY = (
    r"(?:reuters|a\.?p\.?|afp|epa|getty(?: images)?|associated press|shutterstock|istock(?:photo)?|alamy|xinhua|dpa)"
)
_PICTURE = r"(?:photos?|images?|main image|pictures?|file photo|photographs?|illustrations?)"
CREDIT = _whole(
    rf"{_AGENCY}(?: ?(?:/|via|photo|images|file)[\w .'-]*)*",
    rf"[\w .'’-]{{0,60}} ?(?:/|,|via) ?{_AGENCY}(?: ?(?:/|via|photo|images|file)[\w .'-]*)*",
    rf"{_PICTURE} ?(?:credits?|by|courtesy|source|copyright)(?: of)? ?[:.|]? ?.{{1,80}}(?<![.!?])",
    rf"{_PICTURE} ?[:|] ?.{{1,80}}|(?:credits?|source) ?: ?.{{1,80}}|courtesy (?:of )?.{{1,60}}(?<![.!?])",
    r"\((?=[^()]*(?:[A-Z]|/))[\w .,'’/&-]{2,60}\)",
)
CAPTION_END = re.compile(
    r"(?:[(\[](?:photo|image|credit|picture|ap\b|afp|reuters|getty|file|courtesy)[^()\[\]]{0,120}[)\]]\.?"
    r"|(?:photo|image|picture|illustration)? ?credits?\s?(?::|\.\.\.|…).{0,80}"
    rf"|\b[\w .'’-]{{3,40}}/{_AGENCY}[\w /.-]{{0,40}}|\b(?:photo(?:graph)?s?(?::| by)|courtesy of) ?[^.]{{0,60}})$",
    re.IGNORECASE,
)
CAPTION_OPENING = _opening(
    r"(?:image )?caption:?\s\S",
    r"(?:an?|this|the) (?:[\w'’-]+ ){0,2}(?:photo(?:graph)?|image|picture|illustration|rendering|impression)"
    r"(?: (?:taken|made|provided|released|posted|combo|combination))? (?:of|shows?|showing|by|from|on|depicts)\b",
    r"file ?(?:photo)?\W",
    r"in this .{0,60}\b(?:photo|image|picture|frame)\b",
    r".{0,200}\bfile photo\b",
)
GLUED_TEASER = re.compile(r"(.{20,140}?[a-z]{4}[)?!’]?)(?=[A-Z][a-z]* \w)")  # "... Student-AthleteA 24-year-old ..."
_TIME = r"\d{1,2}[:.]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?"
STAMP_WORDS = re.compile(
    rf"{_TIME}|{MONTH}|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?|\b\d+\b|\b[ap]\.?m\b\.?"
    r"|\b(?:first |last )?(?:published|posted|updated?|modified|created|on|at|by|the|of|source|originally|filed)\b"
    r"|\b(?:gmt|utc|bst|cet|est|edt|e\.?t|cst|cdt|pst|pdt|pt|ist)\b|\b(?:hours?|minutes?|mins?|days?|weeks?|years?) ago\b",
    re.IGNORECASE,
)
CLOCK_OR_AGO = re.compile(
    rf"\W{{0,6}}(?:{_TIME}|\d+ ?(?:hours?|hrs?|minutes?|mins?|days?|weeks?|months?|years?|[hmd]) ago)\b.{{0,20}}",
    re.IGNORECASE,
)
ANY_DATE = re.compile(r"\b\d{1,2}\.? (?:de )?[^\W\d]{3,12}(?: de)? (?:19|20)\d\d\b")  # any language's month
_NAME = r"(?-i:[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3})"
_WRITER = (
    r"(?:reporter|writer|journalist|correspondent|columnist|blogger|author|contributor|producer|freelancer?)"
    r"(?= (?:for|at|with|in|on|based|who|covering)\b|[.,;]|$)|editor\b"
)
BIOGRAPHY = re.compile(
    rf"{_NAME},? is (?:an? |the |our )?(?:[\w.'’-]+,? ){{0,7}}(?:{_WRITER})"
    rf"|(?-i:[A-Z]\w+)(?: [A-Z][\w.'’-]+){{0,3}},? (?:writes|blogs|reports) (?:about|for|on|from)\b"
    rf"|{_NAME},? (?:covers|joined|works|has (?:written|worked|covered|been))\b.{{0,100}}\b(?:{_WRITER}|covering|reporting|column|blog"
    r"|magazine|newspaper)\b",
    re.IGNORECASE,
)
ABOUT_AUTHOR = re.compile(
    r"(?:about|über|sobre|à propos de|acerca de) (?:the (?:author|writer)|(?-i:[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}))",
    re.IGNORECASE,
)
BYLINE = re.compile(
    r"\W{0,6}(?:(?:story |written |posted )?by|von|par|por)\W?\s+(?P<name>[^\W\d_].{1,80})", re.IGNORECASE
)
TWEET = re.compile(r"[—–-] ?.{2,80}\(@\w+\)")  # — Mike Beauvais (@MikeBeauvais) November 18, 2019
HANDLE = re.compile(r"(?:[^\W\d_][\w.'’-]* ){1,4}@\w+")  # Nishant Kumar @Nishantopines
INNER_END = re.compile(r"\w[.!?][\"”’)]? ")
SENTENCE_END = re.compile(r"[.!?…。！？؟।][\"'”’»›」』)\]*_]*$")
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
