"""A sentence that has every word of a claim may still not say it: of someone else, or not as fact."""

import pytest

from service.compare.alignment import align

OF_ANOTHER = [
    ("Roberto Lavagna is Argentina's president.", "Argentina's President, Nestor Kirchner, met Roberto Lavagna."),
    ("Jones is the chief executive of Acme.", "Jones met Smith, the chief executive of Acme."),
    ("Smith is the chief executive of Acme.", "Smith and the chief executive of Acme resigned."),
    ("Jones is the chief executive of Acme.", "Jones's wife is the chief executive of Acme."),
    ("Jones is the chief executive of Acme.", "Jones is the chief executive of Bolt, a rival of Acme."),
    ("Smith is the chief executive of Acme.", "Smith is a critic of the chief executive of Acme."),
    ("Jones is the mayor.", "Jones was the mayor's driver."),
    ("Jones is a critic of Smith.", "Smith is a critic of Jones."),
    ("Germany is a bigger economy than France.", "France is a bigger economy than Germany."),
    ("Smith was arrested.", "Smith said Jones was arrested."),
    ("Smith was arrested.", "Smith's brother was arrested."),
    ("Smith was arrested on Monday.", "The brother of Smith was arrested on Monday."),
    ("The mayor resigned.", "The mayor said the treasurer resigned."),
    ("Smith won the race.", "Smith finished second in the race that Jones won."),
    ("Smith stole the car.", "Smith, whose car was stolen, went home."),
    ("Police shot the man.", "The man shot police."),
    ("Russia attacked Ukraine.", "Russia said Ukraine attacked."),
    ("The company sued the bank.", "The bank sued the company."),
    ("Abe met Putin.", "Abe's aide met Putin."),
    ("Dogs bite men.", "Men bite dogs."),
    ("Oil closed at $52 a barrel.", "Oil opened at $52 a barrel and closed at $49."),
    ("The ban was lifted in 1996.", "The ban was imposed in 1996 and lifted in 2006."),
    ("The strike began on Monday.", "The strike, which ended on Monday, began last Thursday."),
    ("The company moved to Paris.", "The company moved its headquarters from Paris to London."),
    ("The company is based in Paris.", "The company moved its headquarters from Paris to London."),
    ("The price rose to $52.", "The price rose from $52 to $60."),
    (
        "Blom kicked a goal before Kern ran in a late try.",
        "Kern kicked a goal before Blom ran in a late try.",
    ),
    ("He was freed by Oslo police on his return from Paris.", "He was freed by Paris police on his return from Oslo."),
    ("United bought Jones from Rovers.", "Jones was sold to Rovers by United."),
    ("The treaty took effect in 1998.", "The treaty was signed in 1998 and took effect a year later."),
    (
        "The company said 8,000 workers walked out.",
        "According to the union, 8,000 workers walked out; the company put it at 3,000.",
    ),
]
NOT_AS_FACT = [
    ("The mayor resigned.", "The mayor threatened to resign."),
    ("The mayor resigned.", "If he loses, the mayor will resign."),
    ("The mayor resigned.", "The mayor refused calls that he resign."),
    ("The minister banned the drug.", "The minister considered whether the drug should be banned."),
    ("Acme bought Widget.", "Acme denied reports that it bought Widget."),
    ("Inflation rose to 5%.", "Analysts expected inflation to have risen to 5%."),
    ("Inflation rose to 5%.", "Inflation could rise to 5%."),
    ("Two people were killed.", "Two people were nearly killed."),
    ("Smith killed Jones.", "Smith was accused of killing Jones."),
    ("Smith killed Jones.", "Smith was cleared of killing Jones."),
    ("Acme will cut 500 jobs.", "Unions fear Acme will cut 500 jobs."),
    ("The bank raised rates.", "The bank was urged to raise rates."),
    ("Ghent won the cup.", "Ghent hope to win the cup."),
    ("The law passed.", "The law was not expected to be passed."),
    ("Jones is the chief executive of Acme.", "Jones is the former chief executive of Acme."),
    ("Turkey joined the EU.", "Turkey applied to join the EU in 1987."),
    ("Russia has joined the WTO.", "Russia has yet to join the WTO."),
    ("The prime minister met the Queen.", "The prime minister cancelled his meeting with the Queen."),
    ("Jones is the chief executive of Ford.", "Jones, who left as chief executive of Ford in 2003, is 60."),
    ("Jones is the mayor.", "Jones is likely to be the mayor."),
    ("All nine judges agreed.", "All but two of the nine judges agreed."),
    ("Every school will close.", "Nearly every school will close."),
    ("All workers went on strike.", "Most of the workers went on strike."),
    ("It was the largest fine ever.", "It was the second-largest fine ever."),
    ("Ghent is the richest club.", "Ghent is one of the richest clubs."),
    ("Fewer than 50 people were hurt.", "More than 30 people were hurt."),
    ("31 people were hurt.", "More than 30 people were hurt."),
    ("At least 20 people were hurt.", "At least 12 people were hurt."),
    ("The election was stolen.", "Dastan said the election had been stolen, a claim the commission rejected."),
    ("Acme paid the bribe.", "Bolt falsely claimed that Acme paid the bribe."),
    ("A second vote will be held.", "The mayor did not rule out that a second vote will be held."),
    ("Ghent were really in danger.", "Ghent were never really in danger."),
    ("Acme is not in talks with Bolt.", "Acme in talks with Bolt"),
    ("The goal counted.", "Had the referee seen the foul, the goal would have counted."),
    ("The reform was narrowly approved.", "The reform was overwhelmingly approved."),
    ("The president visited Paris.", "The vice president visited Paris."),
    ("The prime minister of Japan resigned.", "The former prime minister of Japan resigned from the board."),
]
SAID = [
    ("All nine judges agreed.", "All nine of the judges agreed."),
    ("At least ten councillors voted against it.", "At least 12 of the 40 councillors voted against it."),
    ("Nearly all workers went on strike.", "Nearly all workers went on strike."),
    ("It was the second-largest fine ever.", "It was the second-largest fine ever."),
    ("It was the largest fine ever.", "It was the largest fine ever, and the second-largest sum."),
    ("At least 12 people were hurt.", "At least 20 people were hurt."),
    ("More than 30 people were hurt.", "35 people were hurt."),
    ("Dastan said the vote was stolen.", "Dastan said the vote was stolen, a claim the commission rejected."),
    ("Roberto Lavagna is Argentina's economy minister.", "Argentina's economy minister, Roberto Lavagna, spoke."),
    ("Nestor Kirchner is the president of Argentina.", "Argentina's President, Nestor Kirchner, spoke on Friday."),
    ("Jones is the chief executive of Acme.", "Acme's chief executive Bob Jones resigned."),
    ("Jones is the chief executive of Acme.", "Jones (the chief executive of Acme) resigned."),
    ("Jones is a rock singer.", "Jones is a 45-year-old American rock singer from Ohio."),
    ("Estonia is a country.", "Estonia is a developed country with an advanced economy."),
    ("Germany is a bigger economy than France.", "Germany is a bigger economy than France."),
    ("Jones is a critic of Smith.", "Jones, a critic of Smith, resigned."),
    ("Smith was arrested.", "Police arrested Smith."),
    ("Smith was arrested on Monday.", "Smith, 34, was arrested on Monday in Leeds."),
    ("Police charged Smith.", "Smith was charged by police."),
    ("The ban was lifted in 2006.", "The ban was imposed in 1996 and lifted in 2006."),
    ("Oil closed at $49 a barrel.", "Oil opened at $52 a barrel and, after a slow day, closed at $49."),
    ("The company moved to London.", "The company moved its headquarters from Paris to London."),
    ("He practised in California in 1983.", "He practised in California from 1983 to 1988."),
    ("Jones replaced Smith as coach.", "Jones replaced Smith as coach in May."),
    ("Shares in Acme fell.", "Acme's shares fell by 3 percent on Tuesday."),
    ("Acme will cut 500 jobs.", "Acme said on Monday it will cut 500 jobs."),
    ("Acme will cut 500 jobs.", "Acme is set to cut 500 jobs."),
    ("The mayor resigned.", "On Friday the mayor resigned after a vote."),
    ("The mayor resigned.", "The mayor of Ghent resigned."),
    ("The mayor resigned.", "The treasurer and the mayor resigned."),
    ("Russia invaded Ukraine.", "Ukraine was invaded by Russia."),
    ("Russia invaded Ukraine.", "Russia's army invaded Ukraine."),
    ("Brown won the election.", "Brown, who had been expected to lose, won the election."),
    ("Ghent won the cup.", "Ghent have won the cup for the first time."),
    ("Abe has met Putin five times.", "Abe, who returned to power 15 months ago, has met Putin five times."),
    ("Abe met Putin in Sochi.", "Former prime minister Abe met Putin in Sochi."),
    ("Abe met Putin in Sochi.", "Putin met Abe in Sochi."),
    ("The company could cut jobs.", "The company could cut jobs, it said."),
    ("The strike ended on Friday.", "Union leaders said the strike ended on Friday."),
]


@pytest.mark.parametrize("claim, sentence", OF_ANOTHER + NOT_AS_FACT)
def test_the_words_are_there_and_the_claim_is_not(claim: str, sentence: str) -> None:
    assert not align(claim, sentence, 0, len(sentence)).asserts


@pytest.mark.parametrize("claim, sentence", NOT_AS_FACT)
def test_what_is_not_said_as_fact_is_known_as_such(claim: str, sentence: str) -> None:
    assert align(claim, sentence, 0, len(sentence)).hedged


@pytest.mark.parametrize("claim, sentence", SAID)
def test_a_sentence_that_says_the_claim_asserts_it(claim: str, sentence: str) -> None:
    assert align(claim, sentence, 0, len(sentence)).asserts


def test_a_name_is_whole_where_the_article_gives_the_rest_of_it() -> None:
    claim, sentence = "Shinzo Abe met Vladimir Putin.", "Abe met Putin."
    assert align(claim, sentence, 0, len(sentence)).missing == ("Shinzo", "Vladimir")
    whole = align(claim, sentence, 0, len(sentence), introduced=("Shinzo Abe", "Vladimir Putin"))
    assert whole.missing == ()
    assert 0.8 < whole.coverage < 1.0
    assert "Bob" in align("Bob Abe met Putin.", sentence, 0, len(sentence), introduced=("Shinzo Abe",)).missing
