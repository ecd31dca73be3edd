<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
<context>
    <name>Counts</name>
    <message numerus="yes"><source>%Ln face(s)</source><translation><numerusform>%Ln face</numerusform><numerusform>%Ln faces</numerusform></translation></message>
    <message numerus="yes"><source>%Ln photo(s)</source><translation><numerusform>%Ln photo</numerusform><numerusform>%Ln photos</numerusform></translation></message>
    <message numerus="yes"><source>%Ln person(s)</source><translation><numerusform>%Ln person</numerusform><numerusform>%Ln people</numerusform></translation></message>
    <message numerus="yes"><source>%Ln problem(s)</source><translation><numerusform>%Ln problem</numerusform><numerusform>%Ln problems</numerusform></translation></message>
    <message numerus="yes"><source>%Ln answer(s) to 90 %</source><translation><numerusform>%Ln answer to 90 %</numerusform><numerusform>%Ln answers to 90 %</numerusform></translation></message>
    <message numerus="yes"><source>%Ln year(s) between the photos</source><translation><numerusform>%Ln year between the photos</numerusform><numerusform>%Ln years between the photos</numerusform></translation></message>
    <message numerus="yes"><source>%Ln face(s) alike</source><translation><numerusform>%Ln face</numerusform><numerusform>%Ln faces alike</numerusform></translation></message>
    <message numerus="yes"><source>Yes to the %Ln sure one(s)</source><translation><numerusform>Yes to the sure one</numerusform><numerusform>Yes to the %Ln sure ones</numerusform></translation></message>
    <message numerus="yes"><source>%Ln suggestion(s)</source><translation><numerusform>%Ln suggestion</numerusform><numerusform>%Ln suggestions</numerusform></translation></message>
    <message numerus="yes"><source>%Ln step(s) would be undone.</source><translation><numerusform>%Ln step would be undone.</numerusform><numerusform>%Ln steps would be undone.</numerusform></translation></message>
    <message numerus="yes"><source>%Ln step(s) would be done again.</source><translation><numerusform>%Ln step would be done again.</numerusform><numerusform>%Ln steps would be done again.</numerusform></translation></message>
</context>
</TS>
