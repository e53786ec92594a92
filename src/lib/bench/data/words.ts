/**
 * Short, frequent English words that most tokenisers have as one token each, chosen for this project: what synthetic
 * prompts are made of.
 */
export const WORDS: readonly string[] = `time year people way day man thing woman life child world school state family
student group country problem hand part place case week company system program question work number night point home
water room mother area money story fact month lot right study book eye job word business issue side kind head house
service friend father power hour game line end member law car city name president team minute idea body back parent
face level office door health person art war history party result change morning reason research girl guy moment air
teacher force education foot boy age policy music market sense nation plan college interest death experience effect
use class control field development role effort rate heart drug show leader light voice wife police mind price report
decision son view relationship town road arm difference value building action season society tax director position
player record paper space ground form event official matter center couple site project base activity star table need
court oil situation cost industry figure street image phone data picture practice piece land product doctor wall
patient worker news test movie north love support technology step baby computer type attention film tree source hair
look window culture chance brother energy period course summer plant opportunity term letter condition choice rule
daughter south husband floor campaign material population call economy hospital church risk fire future bank ship
hold turn start might run move live believe bring happen write provide sit stand lose pay meet include continue set
learn lead understand watch follow stop create speak read allow add spend grow open walk win offer remember consider
appear buy wait serve die send expect build stay fall cut reach kill remain large small great high old big good new
first last long little own other early young important few public bad same able clear dark deep easy fast fine free
full green happy hard heavy hot late low main near open poor quick quiet ready red rich safe sharp short slow soft
strong sure sweet tall thin true warm weak wide wild`
  .split(/\s+/)
  .filter((word, index, all) => all.indexOf(word) === index)
